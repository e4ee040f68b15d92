/**
 * The sign-in link in the start banner: it holds a code that works once, within a short time, so that no token stands
 * in a URL.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'

const lifetimeMs = 15 * 60 * 1000

export class SignInLink {
  readonly code = randomBytes(24).toString('base64url')
  readonly #token: string
  readonly #until: number
  #taken = false

  /** @param token what the code stands for */
  constructor(token: string, now: number) {
    this.#token = token
    this.#until = now + lifetimeMs
  }

  /** The token, the first time that the right code arrives in time. */
  take(code: string, now: number): string | undefined {
    const given = Buffer.from(code)
    const right = Buffer.from(this.code)
    if (this.#taken || now >= this.#until || given.length !== right.length || !timingSafeEqual(given, right)) {
      return undefined
    }
    this.#taken = true
    return this.#token
  }
}
