/** Where the bearer token comes from. A static one never changes; one that was signed in for is renewed in good time. */
import { TargetError } from '../calls/target-error.ts'

export interface TokenSource {
  /** The token to send now. */
  token(): Promise<string>
  /** Called once after a 401: makes a new token and says whether there is one to try. */
  renew(): Promise<boolean>
}

export function staticToken(token: string): TokenSource {
  return { token: async () => token, renew: async () => false }
}

/** What a sign-in gave: times are milliseconds since 1970. */
export interface SignedIn {
  accessToken: string
  accessExpiresAt: number
  refreshToken: string
  refreshExpiresAt: number
  scopes: string[]
}

/** Where a sign-in is kept. It is read anew for each call: another process may have renewed it, replaced it or ended it. */
export interface KeptSignIn {
  /** @throws TargetError where there is none any more. */
  read(): SignedIn
  /** Keeps what took the place of `before`, unless something else has. */
  replace(before: SignedIn, renewed: SignedIn): void
}

/** Renew this long before the token ends: longer than any one call may take. */
const inGoodTimeMs = 10 * 60_000

/** Keeps a sign-in fresh. `renew` asks the sign-in service; calls that find the token ending wait for the same renewal. */
export function renewedToken(
  kept: KeptSignIn,
  { now, renew }: { now: () => number; renew: (before: SignedIn) => Promise<SignedIn> },
): TokenSource {
  let renewing: Promise<SignedIn> | undefined

  async function renewNow(): Promise<SignedIn> {
    const before = kept.read()
    try {
      const renewed = await renew(before)
      kept.replace(before, renewed)
      return renewed
    } catch (error) {
      // Where another process was quicker, the refresh token that we sent may have been spent by it.
      const present = kept.read()
      if (present.accessToken !== before.accessToken) return present
      // While Webex cannot be asked, a token that has not ended yet will do.
      if (error instanceof TargetError && error.kind === 'down' && now() < before.accessExpiresAt) return before
      throw error
    }
  }

  function renewOnce(): Promise<SignedIn> {
    renewing ??= renewNow().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  return {
    async token() {
      const present = kept.read()
      const ending = now() >= present.accessExpiresAt - inGoodTimeMs
      return (ending ? await renewOnce() : present).accessToken
    },
    async renew() {
      await renewOnce()
      return true
    },
  }
}
