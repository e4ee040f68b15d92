/**
 * This machine's one connection to Webex: a token from the environment, a pasted one, or a sign-in that renews itself.
 * The service and the command line share it.
 */
import { message } from '../../messages/message.ts'
import type { Fetch } from '../calls/calls.ts'
import { TargetError } from '../calls/target-error.ts'
import { type Me, readMe } from './me.ts'
import { type Challenge, redeemCode, renewSignIn, type SignInApp } from './sign-in.ts'
import { readTokenExpiry } from './token-expiry.ts'
import { renewedToken, type SignedIn, staticToken, type TokenSource } from './token-source.ts'

/** What is stored of a connection. Times are milliseconds since 1970. */
export type StoredConnection =
  | {
      by: 'token'
      accessToken: string
      who: Me
      since: number
      /** When the token ends; null where Webex did not say. Absent from what older versions stored. */
      until?: number | null
    }
  | { by: 'signIn'; app: SignInApp; signedIn: SignedIn; who: Me | null; since: number }

export interface ConnectionFile {
  read(): StoredConnection | undefined
  write(connection: StoredConnection): void
  remove(): void
}

/** The client ID and secret of an integration that was registered on developer.webex.com. */
export type Integration = Omit<SignInApp, 'baseUrl'>

export interface ConnectionPlace {
  /** The base URL of Webex's API. */
  url: string
  file: ConnectionFile
  /** A token and an integration from the environment; they take precedence over what is stored. */
  environment: { accessToken: string | null; integration: Integration | null }
}

export class WebexConnection {
  readonly url: string
  readonly #file: ConnectionFile
  readonly #environment: ConnectionPlace['environment']
  readonly #fetch: Fetch
  readonly #signedIn: TokenSource

  constructor({ url, file, environment }: ConnectionPlace, fetch: Fetch = globalThis.fetch) {
    this.url = url
    this.#file = file
    this.#environment = environment
    this.#fetch = fetch
    this.#signedIn = renewedToken(
      {
        read: () => this.#storedSignIn().signedIn,
        replace: (before, signedIn) => {
          const stored = this.#file.read()
          const ours = stored?.by === 'signIn' && stored.signedIn.accessToken === before.accessToken
          if (ours) this.#file.write({ ...stored, signedIn })
        },
      },
      { now: Date.now, renew: before => renewSignIn(this.#fetch, this.#storedSignIn().app, before, Date.now()) },
    )
  }

  /** The current connection: from the environment, stored, or none. */
  read(): StoredConnection | { by: 'environment' } | undefined {
    return this.#environment.accessToken === null ? this.#file.read() : { by: 'environment' }
  }

  /** The integration to sign in with, where it is known: from the environment, else the one of the last sign-in. */
  integration(): Integration | null {
    const stored = this.#file.read()
    return this.#environment.integration ?? (stored?.by === 'signIn' ? stored.app : null)
  }

  /** The tokens of the connection as it is when each call is made. */
  readonly tokens: TokenSource = {
    token: async () => this.#source().token(),
    renew: async () => this.#source().renew(),
  }

  /** Connects with a token, after Webex has said whose it is. @throws TargetError */
  async paste(accessToken: string): Promise<Me> {
    const who = await readMe(this.#fetch, this.url, accessToken)
    const until = await readTokenExpiry(this.#fetch, this.url, accessToken)
    this.#file.write({ by: 'token', accessToken, who, since: Date.now(), until })
    return who
  }

  /** Completes a sign-in by authorization code. @throws TargetError */
  async redeem(
    integration: Integration,
    { verifier, redirectUri }: Pick<Challenge, 'verifier'> & { redirectUri: string },
    code: string,
  ): Promise<void> {
    const app = { ...integration, baseUrl: this.url }
    await this.keep(app, await redeemCode(this.#fetch, app, { code, verifier, redirectUri }, Date.now()))
  }

  /** Connects with a sign-in. Webex may not say whose it is; it works all the same. */
  async keep(app: SignInApp, signedIn: SignedIn): Promise<void> {
    const who = await readMe(this.#fetch, this.url, signedIn.accessToken).catch(() => null)
    this.#file.write({ by: 'signIn', app, signedIn, who, since: Date.now() })
  }

  /** Deletes the stored connection. False where there was none. */
  end(): boolean {
    if (this.#file.read() === undefined) return false
    this.#file.remove()
    return true
  }

  #source(): TokenSource {
    if (this.#environment.accessToken !== null) return staticToken(this.#environment.accessToken)
    const stored = this.#file.read()
    return stored?.by === 'token' ? staticToken(stored.accessToken) : this.#signedIn
  }

  #storedSignIn(): Extract<StoredConnection, { by: 'signIn' }> {
    const stored = this.#file.read()
    if (stored?.by === 'signIn') return stored
    throw new TargetError('denied', message('connectionEnded', { host: new URL(this.url).host }))
  }
}
