/**
 * Webex sign-ins that have begun but not finished: each can be used once, for ten minutes, by the session and browser
 * that began it. They are in this process's memory only, so the browser has to come back to the same process.
 */
import type { Integration } from '../../webex/sign-in/connection.ts'

export interface PendingSignIn {
  integration: Integration
  verifier: string
  redirectUri: string
  /** SHA-256, in hexadecimal, of the session's secret and of the one in the cookie that comes back with the browser. */
  session: string
  browser: string
}

/** How long the browser may take, in seconds. */
export const signInSeconds = 10 * 60

export class PendingSignIns {
  readonly #byState = new Map<string, PendingSignIn & { endsAt: number }>()

  /** Stores one; a session keeps only the last that it began. */
  add(state: string, begun: PendingSignIn, now: number): void {
    for (const [other, { session, endsAt }] of this.#byState) {
      if (session === begun.session || endsAt <= now) this.#byState.delete(other)
    }
    this.#byState.set(state, { ...begun, endsAt: now + signInSeconds * 1000 })
  }

  /** Takes the one with this state. It is removed even if the caller may not use it, so that nobody can use it again. */
  take(state: string, browser: string, now: number): PendingSignIn | undefined {
    const begun = this.#byState.get(state)
    this.#byState.delete(state)
    return begun !== undefined && begun.browser === browser && now < begun.endsAt ? begun : undefined
  }
}
