/** Whom a rotation speaks to: this service itself, without a socket, or another with the sign-in of this machine. */
import { Governor } from '../rotation/governor.ts'
import { pacedFetch } from '../rotation/paced-fetch.ts'
import { say } from '../sentences/say.ts'
import type { Rotation } from '../store/rotations.ts'
import { UserError } from '../user-error.ts'
import { createWebexClient, type WebexClient } from '../webex/client.ts'
import { systemClock } from '../webex/clock.ts'
import { TargetError } from '../webex/target-error.ts'
import type { TokenSource } from '../webex/token-source.ts'
import type { Caller } from './auth.ts'
import { refuse } from './errors.ts'
import { ownFetch } from './own-fetch.ts'
import { type RotationToken, rotationToken } from './rotation-token.ts'
import type { Api } from './server.ts'

export type Spoken = Pick<Rotation, 'target' | 'profile' | 'site_url'>

/** The token of this machine for another service. @throws UserError where there is none. */
export type TokenFor = (url: string) => TokenSource

export interface Speaking {
  client: WebexClient
  governor: Governor
  end(): Promise<void>
}

/**
 * A client for what one administrator wants of a target, until `end`.
 *
 * @param rotation the rotation that changes rooms; null where they are only read.
 * @param giveUp once aborted, no further call is made.
 * @throws ApiError where this caller may not have this service speak to that target.
 */
export function speakTo(
  { app, store }: Api,
  tokenFor: TokenFor | undefined,
  caller: Caller,
  spoken: Spoken,
  { rotation, giveUp }: { rotation: number | null; giveUp: AbortSignal | null },
): Speaking {
  const governor = new Governor()
  const own = isOwn(spoken)
  const token = own
    ? rotationToken(store, caller, spoken.site_url, rotation)
    : signedIn(tokenFor, caller, spoken.target)
  const fetch = pacedFetch(own ? ownFetch(app) : globalThis.fetch, governor, systemClock)
  const client = createWebexClient(spoken.target, {
    fetch,
    token: {
      async token() {
        if (giveUp?.aborted) throw new TargetError('down', say('stoppingRuns'))
        return token.token()
      },
      renew: () => token.renew(),
    },
  })
  return { client, governor, end: () => token.end() }
}

/** The URL by which others on this machine reach this service. */
export function ownUrl({ app }: Pick<Api, 'app' | 'store'>): string {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/v1` : 'http://127.0.0.1/v1'
}

/** Rotations of a service on this machine are in this database, so that service is this one, or another process of it. */
function isOwn({ profile, target }: Spoken): boolean {
  return profile === 'roomkey' && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(target).hostname)
}

/** The sign-in of this machine may reach further than an administrator of some sites. */
function signedIn(tokenFor: TokenFor | undefined, caller: Caller, target: string): RotationToken {
  if (caller.sites !== null) {
    throw refuse(403, 'Only an administrator of every site may have this service change rooms elsewhere.')
  }
  if (tokenFor === undefined) throw refuse(409, `This service has no sign-in for ${target}; run it by roomkey run.`)
  try {
    return { ...tokenFor(target), end: async () => undefined }
  } catch (error) {
    throw error instanceof UserError ? refuse(409, error.message) : error
  }
}
