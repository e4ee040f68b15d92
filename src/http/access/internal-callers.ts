/**
 * The service as its own caller: while it reads or changes rooms for an administrator, it calls its own routes on their
 * behalf. The tokens for that live only in this process's memory, so they are on no list, and end with it.
 */
import { makeToken } from '../../store/access/tokens.ts'
import type { Caller } from './caller.ts'

export class InternalCallers {
  readonly #callers = new Map<string, Caller>()

  /** Issues a token for this caller, valid until it is dismissed. */
  admit(caller: Caller): string {
    const token = makeToken()
    this.#callers.set(token, caller)
    return token
  }

  find(token: string): Caller | undefined {
    return this.#callers.get(token)
  }

  dismiss(token: string): void {
    this.#callers.delete(token)
  }
}
