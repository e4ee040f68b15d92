/** A rotation as the API tells it. */
import { entropyBits, type IdSource } from '../rotation/new-ids.ts'
import { isApproved } from '../store/rotation-approval.ts'
import { countItems, countReasons, type Rotation } from '../store/rotations.ts'
import type { Site } from '../store/sites.ts'
import type { Db } from '../store/tables.ts'
import type { RotationAnswer } from '../wire/rotations.ts'
import { keyOf, type RotationRuns } from './rotation-runs.ts'
import { targetOf } from './rotation-target.ts'

export async function rotationAnswer(db: Db, runs: RotationRuns, site: Site, row: Rotation): Promise<RotationAnswer> {
  const key = keyOf(row)
  const source = JSON.parse(row.source) as IdSource
  const state = runs.stateOf(row)
  const died = state !== row.state
  return {
    number: row.rotation,
    siteUrl: row.site_url,
    state,
    target: targetOf(row),
    choice: row.choice,
    source: source.kind,
    bits: entropyBits(source),
    undoOf: row.undo_of,
    createdAt: new Date(row.created_at).toISOString(),
    startedAt: asTime(row.started_at),
    finishedAt: asTime(row.finished_at),
    planHash: row.plan_hash,
    approval: approvalOf(site, row),
    approvedAt: asTime(row.approved_at),
    canary: row.canary,
    freeze: row.freeze === 1,
    stoppedBecause: died ? (becauseOfDeath[row.state] ?? null) : row.stopped_because,
    waitingUntil: waitingUntil(runs.progressOf(key)?.waitingUntil ?? 0),
    warnings: JSON.parse(row.warnings ?? '[]') as string[],
    counts: await countItems(db, key),
    left: await countReasons(db, { ...key, state: 'left' }),
    refused: await countReasons(db, { ...key, state: 'refused' }),
  }
}

function approvalOf(site: Site, rotation: Rotation): RotationAnswer['approval'] {
  if (isApproved(rotation)) return 'given'
  return site.needs_approval === 1 && rotation.started_at === null ? 'needed' : 'notNeeded'
}

const becauseOfDeath: Partial<Record<Rotation['state'], string>> = {
  running: 'The process that ran it ended; go on with it.',
  planning: 'The process that made the plan ended before it was done; plan it again.',
}

/** A time that has passed is nothing to wait for. */
export function waitingUntil(ms: number): string | null {
  return ms > Date.now() ? new Date(ms).toISOString() : null
}

function asTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
