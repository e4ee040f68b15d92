/**
 * Calls that the service makes to itself for somebody, while a rotation of theirs runs: a secret that lives in this
 * process alone stands for the caller, so that a run may do what they may do and nothing more.
 */
import { randomBytes } from 'node:crypto'
import type { Caller } from './auth.ts'

const lent = new Map<string, Caller>()

/** A bearer token for the time of a run, and what ends it. */
export function lendCaller(caller: Caller, rotation: string): { token: string; takeBack(): void } {
  const token = `lent_${randomBytes(32).toString('base64url')}`
  lent.set(token, { ...caller, rotation })
  return { token, takeBack: () => void lent.delete(token) }
}

export function lentCaller(token: string): Caller | undefined {
  return lent.get(token)
}
