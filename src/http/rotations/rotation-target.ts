/** Whom a rotation speaks to: this service itself, without a socket; Webex, by this machine's connection; or another. */

import { UserError } from '../../errors.ts'
import { Governor } from '../../rotations/target/governor.ts'
import { governedPermits } from '../../rotations/target/permits.ts'
import { type Profile, profiles } from '../../rotations/target/profile.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { Permits } from '../../webex/calls/calls.ts'
import { createWebexClient, type WebexClient } from '../../webex/calls/client.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import type { WebexConnection } from '../../webex/sign-in/connection.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'
import type { Caller } from '../access/caller.ts'
import type { InternalCallers } from '../access/internal-callers.ts'
import type { App } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { cancellable, type Over } from './cancellation.ts'
import { inProcessFetch } from './in-process-fetch.ts'
import { refuseEndedToken, rotationToken } from './rotation-token.ts'

export type TargetRef = Pick<Rotation, 'target' | 'profile' | 'site_url'>

/** The token of this machine for another service. @throws UserError where there is none. */
export type TokenFor = (url: string) => TokenSource

export interface TargetSession {
  client: WebexClient
  /** Until when the target asked us to wait, or 0. */
  waitingUntil(): number
  end(): void
}

interface TargetDeps {
  app: App
  store: Store
  callers: InternalCallers
  /** This machine's connection to Webex; absent where it keeps none. */
  webex: WebexConnection | undefined
  /** For rotations of other services; absent where this machine has no tokens for them. */
  tokenFor: TokenFor | undefined
}

export class RotationTargets {
  readonly #reach: TargetDeps
  /** One budget of calls for all that this process does with a target elsewhere. */
  readonly #budgets = new Map<string, Budget>()

  constructor(reach: TargetDeps) {
    this.#reach = reach
  }

  /** What a new rotation of this service, or of Webex, speaks to. @throws ApiError 409 where there is no connection. */
  choose(target: 'self' | 'webex'): { target: string; profile: Profile } {
    if (target === 'self') return { target: ownUrl(this.#reach.app), profile: profiles.roomkey }
    const { webex } = this.#reach
    if (webex?.read() === undefined) throw refuse(409, `There is no connection to Webex; ${advice}`)
    return { target: webex.url, profile: profiles.webex }
  }

  /**
   * A client for what one administrator wants of a target, until `end`.
   *
   * @param rotation the rotation that changes rooms; null where they are only read.
   * @throws ApiError where this caller may not have this service speak to that target.
   */
  connect(caller: Caller, spoken: TargetRef, { rotation, ...over }: Over & { rotation: number | null }): TargetSession {
    const own = targetOf(spoken) === 'self'
    const { app, store, callers } = this.#reach
    const { governor, permits } = own ? newBudget(permitsForRefreshes) : this.#budgetOf(spoken.target)
    const token = own
      ? rotationToken(callers, caller, spoken.site_url, rotation)
      : { ...this.#tokensFor(caller, spoken.target), end: () => undefined }
    const stillGood: TokenSource = {
      async token() {
        await refuseEndedToken(store, caller)
        return token.token()
      },
      renew: () => token.renew(),
    }
    const fetch = own ? inProcessFetch(app) : globalThis.fetch
    const calls = cancellable(over, { fetch, permits, token: stillGood, clock: systemClock })
    const client = createWebexClient(spoken.target, calls)
    return { client, waitingUntil: () => governor.closedUntil, end: () => token.end() }
  }

  #budgetOf(target: string): Budget {
    const known = this.#budgets.get(target) ?? newBudget(permitsOf)
    this.#budgets.set(target, known)
    return known
  }

  /** The sign-in of this machine may reach further than an administrator of some sites. */
  #tokensFor(caller: Caller, target: string): TokenSource {
    const { webex, tokenFor } = this.#reach
    if (caller.sites !== null) {
      throw refuse(403, 'Only an administrator of every site may have this service change rooms elsewhere.')
    }
    if (webex?.url === target) {
      if (webex.read() === undefined) throw refuse(409, `There is no connection to Webex any more; ${advice}`)
      return webex.tokens
    }
    if (tokenFor === undefined) throw refuse(409, `This service has no sign-in for ${target}; run it by roomkey run.`)
    try {
      return tokenFor(target)
    } catch (error) {
      throw error instanceof UserError ? refuse(409, error.message) : error
    }
  }
}

const advice = 'make one in the settings of the console, or by PUT /api/webex-connection.'

/** What a rotation changes, in the words of the API. */
export function targetOf({ profile, target }: Pick<TargetRef, 'profile' | 'target'>): 'self' | 'webex' | 'other' {
  if (profile === 'webex') return 'webex'
  // Rotations of a service on this machine are in this database, so that service is this one, or another process of it.
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(target).hostname) ? 'self' : 'other'
}

/** The URL by which others on this machine reach this service. */
function ownUrl(app: App): string {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/v1` : 'http://127.0.0.1/v1'
}

/** One governor, and the turns by which all who share it are told of each other's answers. */
interface Budget {
  governor: Governor
  permits: Permits
}

function newBudget(permitsOf: (governor: Governor) => Permits): Budget {
  const governor = new Governor()
  return { governor, permits: permitsOf(governor) }
}

function permitsOf(governor: Governor): Permits {
  return governedPermits(governor, systemClock)
}

/** What this service calls of itself counts towards no limit; a refresh alone is told to wait, while the site is locked. */
function permitsForRefreshes(governor: Governor): Permits {
  const permits = permitsOf(governor)
  return { take: async request => (request.method === 'POST' ? permits.take(request) : () => undefined) }
}
