/**
 * Checks linearisability (Herlihy and Wing; searched as by Wing and Gong): for each of several concurrent calls there
 * is a moment between its sending and its answer at which it took effect, so that all of them have an order in which
 * every answer is what the model says.
 */
import type { Answer, Call } from './calls.ts'
import { follow } from './model-transitions.ts'
import type { World } from './world.ts'

export interface CallRecord {
  call: Call
  answer: Answer
  /** Positions in the single order of all sends and answers. */
  sentAt: number
  answeredAt: number
}

/**
 * Finds the state at the end of such an order that agrees with everything read afterwards; null where there is no such
 * order.
 */
export function linearise(
  world: World,
  told: CallRecord[],
  seenAfter: Pick<CallRecord, 'call' | 'answer'>[],
): World | null {
  const deadEnds = new Set<string>()
  return search(world, told)

  function search(before: World, left: CallRecord[]): World | null {
    if (left.length === 0) {
      return seenAfter.every(({ call, answer }) => follow(before, call, answer) === null) ? before : null
    }
    const state = JSON.stringify([left.map(({ sentAt }) => sentAt), before.log, before.accounts])
    if (deadEnds.has(state)) return null

    const firstAnswered = Math.min(...left.map(({ answeredAt }) => answeredAt))
    for (const next of left) {
      // Calls that were answered before this one was sent come first.
      if (next.sentAt > firstAnswered) continue
      const after = structuredClone(before)
      if (follow(after, next.call, next.answer) !== null) continue
      const end = search(
        after,
        left.filter(each => each !== next),
      )
      if (end !== null) return end
    }
    deadEnds.add(state)
    return null
  }
}
