/** Reads rooms back of which nobody knows whether they were changed. */
import { maxBatchSize } from '../../rooms/batch-shape.ts'
import { type RotationItem, unsureMoves } from '../../store/rotations/rotations.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import { concurrently } from '../planning/concurrently.ts'
import { readRoomOf } from '../target/read-person.ts'
import { drawAgain } from './draw-again.ts'
import { tellOutcome } from './journal-events.ts'
import { judgeReading } from './judge-reading.ts'
import { recordWaits } from './reading-waits.ts'
import { passing, type Run } from './run-state.ts'
import { settle, toMove } from './settle.ts'

/** Rooms that are due by now and in no other worker's hand; they are in this one's until they have been read. */
export async function takeUnsure({ key, deps, inHand }: Run, now: number): Promise<RotationItem[]> {
  const limit = maxBatchSize + inHand.size
  const due = await unsureMoves(deps.store.db, { ...key, until: now, limit })
  const free = due.filter(move => !inHand.has(move.number)).slice(0, maxBatchSize)
  for (const { number } of free) inHand.add(number)
  return free
}

export async function readBack(run: Run, rows: RotationItem[]): Promise<void> {
  const { client, clock } = run.deps
  const at = passing(run)
  try {
    const readings = await concurrently(rows, 8, row =>
      readRoomOf(client, run.rotation.site_url, {
        personId: row.person_id,
        email: row.email,
        ids: [row.old_id, row.new_id, row.settled_id],
      }),
    )
    await recordWaits(run)
    await at('read')
    const judged = rows.map((row, index) => {
      const { part, since, reason } = row
      const unsure = {
        ...toMove(row),
        part,
        since: since ?? 0,
        reason: fromStoredOrNull(reason),
        hadItUntil: run.hadItUntil,
        given: row.settled_id,
        viaTemporary: row.wave > 0,
      }
      return judgeReading(unsure, readings[index]!, run.profile, clock.now())
    })
    const verdicts = drawAgain(run, rows.map(toMove), judged)
    await settle(run, verdicts, null, tellOutcome(null, { kind: 'read back' }, verdicts))
    // A target that does what it is asked is not down, however it answers.
    if (verdicts.some(verdict => verdict.is === 'done')) run.failures = 0
    await at('judged')
  } finally {
    for (const { number } of rows) run.inHand.delete(number)
  }
}
