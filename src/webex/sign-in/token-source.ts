/** Where the bearer token comes from. A static token never changes; one from a sign-in is renewed before it expires. */
import { TargetError } from '../calls/target-error.ts'

export interface TokenSource {
  /** The token to send now. */
  token(): Promise<string>
  /** Called once after a 401: gets a new token, and returns whether there is one to try. */
  renew(): Promise<boolean>
}

export function staticToken(token: string): TokenSource {
  return { token: async () => token, renew: async () => false }
}

/** The tokens of a sign-in. Times are milliseconds since 1970. */
export interface SignedIn {
  accessToken: string
  accessExpiresAt: number
  refreshToken: string
  refreshExpiresAt: number
  scopes: string[]
}

/**
 * Where a sign-in is stored. It is read again for each call: another process may have renewed, replaced or ended it.
 */
export interface StoredSignIn {
  /** @throws TargetError where the sign-in no longer exists. */
  read(): SignedIn
  /** Stores the successor of `before`, unless something else has replaced it. */
  replace(before: SignedIn, renewed: SignedIn): void
}

/** Renew this long before the token expires: longer than any one call may take. */
const renewBeforeMs = 10 * 60_000

/**
 * Keeps a sign-in valid. `renew` asks the sign-in service; calls that find the token about to expire wait for the same
 * renewal.
 */
export function renewedToken(
  stored: StoredSignIn,
  { now, renew }: { now: () => number; renew: (before: SignedIn) => Promise<SignedIn> },
): TokenSource {
  let renewing: Promise<SignedIn> | undefined

  async function renewNow(): Promise<SignedIn> {
    const before = stored.read()
    try {
      const renewed = await renew(before)
      stored.replace(before, renewed)
      return renewed
    } catch (error) {
      // If another process was quicker, it may have used up the refresh token that was sent here.
      const present = stored.read()
      if (present.accessToken !== before.accessToken) return present
      // While Webex cannot be reached, a token that has not expired yet will do.
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
      const present = stored.read()
      const ending = now() >= present.accessExpiresAt - renewBeforeMs
      return (ending ? await renewOnce() : present).accessToken
    },
    async renew() {
      await renewOnce()
      return true
    },
  }
}
