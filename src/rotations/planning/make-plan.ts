/**
 * Makes a plan: reads the target's people and their rooms, chooses, gives IDs, checks them, puts the moves in order and
 * seals the whole with a hash. It changes nothing at the target. People stream through: a plan of any size takes the
 * memory of one page. What was read is durable page by page and slice by slice, so that a plan whose process dies, or
 * whose target fails, can be gone on with.
 */
import { describeAge } from '../../directory/sync/freshness.ts'
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import type { ReasonCount } from '../../messages/reason-counts.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation } from '../../store/rotations/rotations.ts'
import { owner } from '../lifecycle.ts'
import { addPeople } from './add-people.ts'
import { type CallBound, callBound } from './call-bound.ts'
import { describeChoice } from './choose.ts'
import { entropyBits, mayClash, wantedBits } from './new-ids.ts'
import { leaveOutClashes, orderMoves } from './order-plan.ts'
import { planHash } from './plan-hash.ts'
import { atTheBeginning, type PlanProgress, writeRequest } from './plan-progress.ts'
import { PlanRefused } from './plan-refused.ts'
import type { PlanDeps, PlanRequest } from './plan-request.ts'
import { readUnread } from './read-unread.ts'

/** A plan that an earlier process began. */
export interface BegunPlan {
  key: RotationKey
  progress: PlanProgress
}

export interface PlanSummary extends CallBound {
  key: RotationKey
  hash: string
  moves: number
  left: ReasonCount[]
  temporaries: number
  waves: number
  /** Bits of the new IDs, where known. */
  bits: number | null
  warnings: MessageOrText[]
}

/** @param begun goes on with a plan that this process has taken; without it, a new one is begun. */
export async function makePlan(request: PlanRequest, deps: PlanDeps, begun?: BegunPlan): Promise<PlanSummary> {
  const { store, now } = deps
  const key = begun?.key ?? (await createPlan(request, deps))
  try {
    await deps.onCreated?.(key)
    const progress = await addPeople(key, request, deps, begun?.progress ?? atTheBeginning)
    await readUnread(key, request, deps)
    const summary = await finishPlan(key, request, deps, notesOn(progress, request, now()))
    if (summary.moves === 0) throw new PlanRefused({ refused: 'nothingToRotate', left: summary.left })
    return summary
  } catch (error) {
    await (deps.onFailed?.(key, error) ?? store.write('dropRotation', key))
    throw error
  }
}

function createPlan(request: PlanRequest, { store, plannedBy, now }: PlanDeps): Promise<RotationKey> {
  return store.write('createRotation', {
    siteUrl: request.siteUrl,
    target: request.target,
    profile: request.profile.name,
    behaviour: JSON.stringify(request.profile),
    source: JSON.stringify(request.source),
    choice: describeChoice(request.choice),
    undoOf: null,
    canary: request.canary,
    freeze: request.freeze,
    freshMs: request.freshMs,
    overwriteChanged: request.overwriteChanged,
    request: writeRequest(request),
    owner,
    plannedBy,
    now: now(),
  })
}

/** What an administrator should know of how people were read. */
function notesOn(
  { known, knownSince, unreadOutsiders }: PlanProgress,
  { source }: PlanRequest,
  now: number,
): Message[] {
  const notes: Message[] = []
  if (known > 0) notes.push(message('planFromMirror', { count: known, age: describeAge(now - (knownSince ?? now)) }))
  if (unreadOutsiders > 0 && mayClash(source)) notes.push(message('warnUnreadRooms', { count: unreadOutsiders }))
  return notes
}

/** Checks, orders and seals what has been added to a plan. */
export async function finishPlan(
  key: RotationKey,
  { source, profile }: Pick<PlanRequest, 'source' | 'profile'>,
  { store, client, randomText }: Pick<PlanDeps, 'store' | 'client' | 'randomText'>,
  notes: Message[],
): Promise<PlanSummary> {
  // IDs that nobody else can have need not be looked for among the others.
  if (mayClash(source)) await leaveOutClashes(store, key)
  const order = mayClash(source)
    ? await orderMoves(store, key, profile, randomText)
    : { temporaries: 0, waves: 1, warnings: [] }
  const rotation = await getRotation(store.db, key)
  const hash = await planHash(rotation, eachItem(store.db, key))
  const bits = entropyBits(source)
  const warnings: MessageOrText[] = [...client.notes(), ...notes, ...order.warnings]
  if (bits !== null && bits < wantedBits) {
    warnings.push(message('warnLowEntropy', { bits: Math.round(bits), wanted: wantedBits }))
  }
  const { rooms, left } = await countRotation(store.db, key)
  const { temporaries, waves } = order
  const plan = { moves: rooms.pending, temporaries, draws: (bits ?? 0) > 0 }
  const bound = callBound(plan, rotation.canary, profile)
  await store.write('sealRotation', { ...key, hash, warnings, maxCalls: bound.maxCalls })
  return { key, hash, moves: rooms.pending, left, temporaries, waves, ...bound, bits, warnings }
}
