/**
 * How rotations that this service plans and runs reach their target: this service itself, without a socket and in the
 * name of the administrator; Webex, by this machine's connection; or another service, by this machine's token for it.
 */
import {
  Budgets,
  newRefreshBudget,
  type Route,
  type RouteRefusal,
  type RouteTo,
  type TargetRef,
  targetKind,
} from '../../rotations/target/connect.ts'
import { type Profile, profiles } from '../../rotations/target/profile.ts'
import { signIn, type TokenFor } from '../../rotations/target/sign-in.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { WebexConnection } from '../../webex/sign-in/connection.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'
import type { App } from '../app.ts'
import { inProcessFetch } from '../plumbing/in-process-fetch.ts'
import type { Caller } from './caller.ts'
import type { InternalCallers } from './internal-callers.ts'
import { refuseEndedToken, rotationToken } from './rotation-token.ts'

interface RouteDeps {
  app: App
  store: Store
  callers: InternalCallers
  /** This machine's connection to Webex; absent where it keeps none. */
  webex: WebexConnection | undefined
  /** For rotations of other services; absent where this machine has no tokens for them. */
  tokenFor: TokenFor | undefined
}

export class TargetRoutes {
  readonly #deps: RouteDeps
  readonly #budgets: Budgets

  constructor(deps: RouteDeps) {
    this.#deps = deps
    this.#budgets = new Budgets(target => ({
      onWait: (until, retryAfter) =>
        deps.app.log.info({ target, until: new Date(until).toISOString(), retryAfter }, 'the target asks to wait'),
    }))
  }

  /** The target of a new rotation of this service, or of Webex. */
  choose(target: 'self' | 'webex'): { target: string; profile: Profile } | RouteRefusal {
    if (target === 'self') return { target: ownUrl(this.#deps.app), profile: profiles.roomkey }
    const { webex } = this.#deps
    return webex?.read() === undefined ? { refused: 'noConnection' } : { target: webex.url, profile: profiles.webex }
  }

  /** The target of a new rotation of a site that names none: the record of its rooms. */
  ofSite({ target, profile }: Pick<Site, 'target' | 'profile'>): ReturnType<TargetRoutes['choose']> {
    return target === null || profile === null ? this.choose('self') : { target, profile: profiles[profile] }
  }

  /** Routes in the name of a caller; they end with the caller's token. */
  of(caller: Caller): RouteTo {
    return (target, rotation) => {
      const route = targetKind(target) === 'self' ? this.#toSelf(caller, target, rotation) : this.elsewhere(target)
      return 'refused' in route ? route : { ...route, token: this.#endingWith(caller, route.token) }
    }
  }

  #toSelf(caller: Caller, { site_url }: TargetRef, rotation: number | null): Route {
    const { app, callers } = this.#deps
    const token = rotationToken(callers, caller, site_url, rotation)
    return { fetch: inProcessFetch(app), token, budget: newRefreshBudget(), end: () => token.end() }
  }

  /** The route to a target elsewhere, by this machine's sign-in. A mirror is always of one. */
  elsewhere({ target }: Pick<TargetRef, 'target'>): Route | RouteRefusal {
    const { webex, tokenFor } = this.#deps
    const token = webex?.url === target ? tokensOf(webex) : signIn(tokenFor, target)
    return 'refused' in token ? token : { fetch: globalThis.fetch, token, budget: this.#budgets.of(target) }
  }

  #endingWith(caller: Caller, token: TokenSource): TokenSource {
    return {
      token: async () => {
        await refuseEndedToken(this.#deps, caller)
        return token.token()
      },
      renew: () => token.renew(),
    }
  }
}

function tokensOf(webex: WebexConnection): TokenSource | RouteRefusal {
  return webex.read() === undefined ? { refused: 'noConnection' } : webex.tokens
}

/** The URL by which others on this machine reach this service. */
function ownUrl(app: App): string {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/v1` : 'http://127.0.0.1/v1'
}
