/** Injects one fault after the other, until the time is up. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../devtools/chance.ts'
import type { Tally } from './tally.ts'

/** Injects a fault and repairs it. */
export type Harm = () => Promise<void>

export interface Strike {
  chance: Chance
  tally: Tally
  until: number
  /** Whether there is nothing left to attack. */
  isOver?: () => boolean
  /** The faults, by their names in the tally. */
  harms: Record<string, Harm>
}

/** Every kind comes once before any is repeated, in random order. */
export async function strike({ chance, tally, until, isOver = () => false, harms }: Strike): Promise<void> {
  const kinds = Object.keys(harms)
  for (let left = chance.some(kinds, kinds.length); Date.now() < until && !isOver(); ) {
    if (left.length === 0) left = chance.some(kinds, kinds.length)
    const kind = left.pop()!
    await harms[kind]!()
    tally.count(kind)
    await sleep(chance.between(100, 600))
  }
}
