/** Where the bearer token comes from. A static one never changes; one that was signed in for is renewed in good time. */
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
}

/** Renew this long before the token ends: longer than any one call may take. */
const inGoodTimeMs = 10 * 60_000

/**
 * Keeps a sign-in fresh. `renew` asks the sign-in service, `keep` stores what it gave; calls that find the token ending
 * wait for the same renewal.
 */
export function renewedToken(
  first: SignedIn,
  deps: {
    now: () => number
    renew: (refreshToken: string) => Promise<SignedIn>
    keep: (signedIn: SignedIn) => Promise<void>
  },
): TokenSource {
  let current = first
  let renewing: Promise<void> | undefined

  async function renewNow(): Promise<void> {
    renewing ??= (async () => {
      current = await deps.renew(current.refreshToken)
      await deps.keep(current)
    })().finally(() => {
      renewing = undefined
    })
    await renewing
  }

  return {
    async token() {
      if (deps.now() >= current.accessExpiresAt - inGoodTimeMs) await renewNow()
      return current.accessToken
    },
    async renew() {
      await renewNow()
      return true
    },
  }
}
