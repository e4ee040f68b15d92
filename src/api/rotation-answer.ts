import { entropyBits, type IdSource } from '../rotation/new-ids.ts'
import { countItems, countReasons, type Rotation } from '../store/rotations.ts'
import type { Db } from '../store/tables.ts'
import type { RotationAnswer } from '../wire/rotations.ts'
import type { RotationRuns } from './rotation-runs.ts'

export async function rotationAnswer(
  db: Db,
  runs: RotationRuns,
  row: Rotation,
  warnings: readonly string[] = [],
): Promise<RotationAnswer> {
  const key = { siteId: row.site_id, rotation: row.rotation }
  const source = JSON.parse(row.source) as IdSource
  const [counts, left, refused] = await Promise.all([
    countItems(db, key),
    countReasons(db, { ...key, state: 'left' }),
    countReasons(db, { ...key, state: 'refused' }),
  ])
  return {
    number: row.rotation,
    siteUrl: row.site_url,
    state: row.state,
    choice: row.choice,
    source: source.kind,
    bits: entropyBits(source),
    undoOf: row.undo_of,
    createdAt: new Date(row.created_at).toISOString(),
    startedAt: asTime(row.started_at),
    finishedAt: asTime(row.finished_at),
    planHash: row.plan_hash,
    canary: row.canary,
    freeze: row.freeze === 1,
    stoppedBecause: row.stopped_because,
    waitingUntil: asTime(runs.waitingUntil(key)),
    warnings: [...warnings],
    counts,
    left,
    refused,
  }
}

function asTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
