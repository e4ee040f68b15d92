/** A rotation as the API answers it. */
import { asMessage, type MessageOrText, message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { currentState, isAbandoned, keyOf } from '../../rotations/lifecycle.ts'
import { entropyBits, type IdSource } from '../../rotations/planning/new-ids.ts'
import type { ActiveRotations } from '../../rotations/running/active-rotations.ts'
import { targetKind } from '../../rotations/target/connect.ts'
import { isSecondPerson, type Kinship, kinshipOf } from '../../store/access/kinship.ts'
import { findTokenById } from '../../store/access/tokens.ts'
import { isApproved } from '../../store/rotations/approval.ts'
import { defaultFreshMs } from '../../store/rotations/plans.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { begunUndosOf } from '../../store/rotations/timeline.ts'
import type { Site } from '../../store/sites/sites.ts'
import { fromStored, fromStoredOrNull } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'
import type { RotationAnswer } from '../../wire/rotations.ts'
import type { Caller } from '../access/caller.ts'
import type { RotationApi } from './rotation-api.ts'

/** Who asks for it, and the site whose it is. */
export interface Asker {
  site: Site
  caller: Caller
}

export async function rotationAnswer(
  { store: { db }, active, counts }: RotationApi,
  { site, caller }: Asker,
  row: Rotation,
): Promise<RotationAnswer> {
  const key = keyOf(row)
  const source = JSON.parse(row.source) as IdSource
  const stop = isAbandoned(row, active) ? whyAbandoned(row, active) : fromStoredOrNull(row.stop_reason)
  const choice = fromStored(row.choice)
  const warnings = JSON.parse(row.warnings ?? '[]') as MessageOrText[]
  const [undo] = await begunUndosOf(db, key)
  const undoneBy = async (by: Rotation) => ({
    by: by.rotation,
    state: currentState(by, active),
    rooms: (await counts.of(by)).counts.done,
  })
  return {
    number: row.rotation,
    siteUrl: row.site_url,
    state: currentState(row, active),
    target: targetKind(row),
    choice: render(choice),
    choiceMessage: asMessage(choice),
    source: source.kind,
    bits: entropyBits(source),
    undoOf: row.undo_of,
    undone: undo === undefined ? null : await undoneBy(undo),
    createdAt: new Date(row.created_at).toISOString(),
    startedAt: asTime(row.started_at),
    finishedAt: asTime(row.finished_at),
    planHash: row.plan_hash,
    ...(await approvalOf(db, site, row, caller)),
    canary: row.canary,
    freeze: row.freeze === 1,
    freshSeconds: Math.round((row.fresh_ms ?? defaultFreshMs) / 1000),
    overwriteChanged: row.overwrite_changed === 1,
    maxCalls: row.max_calls,
    pausing: isPausing(row, active),
    stopReason: stop === null ? null : render(stop),
    stopMessage: asMessage(stop),
    waitingUntil: waitingUntil(active.progressOf(key)?.waitingUntil ?? 0),
    warnings: warnings.map(render),
    warningMessages: warnings.map(asMessage),
    ...(await counts.of(row)),
  }
}

type Approval = Pick<
  RotationAnswer,
  'approval' | 'approvedAt' | 'approvedBy' | 'plannedBy' | 'plannedByYou' | 'tokensMadeWith'
>

async function approvalOf(db: Db, site: Site, row: Rotation, caller: Caller): Promise<Approval> {
  const { planned_by, approved_by, approved_at, started_at } = row
  const nameOf = async (tokenId: string | null) =>
    tokenId === null ? null : ((await findTokenById(db, tokenId))?.name ?? null)
  const isNeeded = site.needs_approval === 1 || row.approval_needed === 1
  const needed = isNeeded && started_at === null ? 'needed' : 'notNeeded'
  const approval = isApproved(row) ? 'given' : needed
  // To whoever asks before it is approved, how their token is related; afterwards, how the approver's was.
  const second = approval === 'given' ? approved_by! : caller.tokenId
  const none: Kinship = { kind: 'none' }
  const kinship = planned_by === null || approval === 'notNeeded' ? none : await kinshipOf(db, planned_by, second)
  return {
    approval,
    approvedAt: asTime(approved_at),
    approvedBy: await nameOf(approved_by),
    plannedBy: await nameOf(planned_by),
    plannedByYou: planned_by !== null && !isSecondPerson(await kinshipOf(db, planned_by, caller.tokenId)),
    tokensMadeWith: kinship.kind === 'made' ? kinship.with : null,
  }
}

function whyAbandoned(row: Rotation, active: ActiveRotations): MessageOrText {
  if (row.state === 'planning') {
    if (row.stop_reason !== null) return fromStored(row.stop_reason)
    return message(row.resumable === 1 ? 'stoppedProcessEnded' : 'planProcessEnded')
  }
  return message(active.hasBrokenOff(keyOf(row)) ? 'stoppedByError' : 'stoppedProcessEnded')
}

/** Whether it runs and was asked to stop, here or by way of the database. */
export function isPausing(row: Rotation, active: ActiveRotations): boolean {
  return currentState(row, active) === 'running' && (active.isStopping(keyOf(row)) || row.stop_asked_at !== null)
}

/** A time that has passed is nothing to wait for. */
export function waitingUntil(ms: number): string | null {
  return ms > Date.now() ? new Date(ms).toISOString() : null
}

function asTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
