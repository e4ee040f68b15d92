/**
 * The most calls that a run makes, whatever its target does; held to by running/step.ts. What comes on top is only what
 * the target itself asks for or loses: calls that it answers with "later" (429, 423), repeats of readings that it does
 * not answer, at most five each, and, each time that the process dies or is stopped, the batches then under way.
 *
 * A batch of m rooms goes as a whole twice; then its halves do, down to each room alone: at most 2m - 2 batches more.
 * A room alone goes three times instead of once. Together at most 4m. Each room is in at most 11 of these (2 as a
 * whole, 6 halves, 3 alone), and after each of them it is read at once and, where that cannot tell, once more when the
 * target has settled; a reading that shows an unknown room costs a second call to make sure whose it is.
 */
import type { Profile } from '../target/profile.ts'

/** A batch is sent so often for each of its rooms. */
const refreshesPerRoom = 4
/** 11 sends, 2 readings after each, 2 calls for each. */
const readsPerRoom = 44
/** The settings of self-service, before and after, and the list of people for the canary. */
const readsPerRun = 8

export interface CallBound {
  refreshes: number
  /** Refreshes, readings and settings together. */
  calls: number
}

/** @param pilots rooms that go first and are read until they are seen or the target has settled. */
export function callBound(
  { moves, temporaries }: { moves: number; temporaries: number },
  pilots: number,
  { settleMs }: Pick<Profile, 'settleMs'>,
): CallBound {
  const rooms = moves + temporaries
  if (rooms === 0) return { refreshes: 0, calls: readsPerRun }
  const refreshes = refreshesPerRoom * rooms
  const canaryReads = Math.min(pilots, rooms) * 2 * maxLooks(settleMs)
  return { refreshes, calls: refreshes + readsPerRoom * rooms + canaryReads + readsPerRun }
}

/** Milliseconds after the first look at the pilots until the next; twice as long each time, up to a few minutes. */
export function nextLookMs(look: number): number {
  return Math.min(5 * 60_000, 1000 * 2 ** look)
}

/** How often the pilots are looked at until the target has settled. */
export function maxLooks(settleMs: number): number {
  let looks = 1
  for (let passed = 0; passed < settleMs; looks += 1) passed += nextLookMs(looks - 1)
  return looks
}
