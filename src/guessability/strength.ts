/** The three grades of an ID, for filters and colours: found in a moment, found after a while, found by nobody. */
import type { GuessCost } from './guessability.ts'

export const strengths = ['weak', 'fair', 'strong'] as const
export type Strength = (typeof strengths)[number]

/** A million guesses. */
const weakBelowBits = 20
/** What new IDs should cost at least. */
const strongFromBits = 60

export function strengthOf({ bits }: Pick<GuessCost, 'bits'>): Strength {
  if (bits < weakBelowBits) return 'weak'
  return bits < strongFromBits ? 'fair' : 'strong'
}
