/**
 * Makes a plan: reads the target's people and their rooms, chooses, gives IDs, checks them, puts the moves in order and
 * seals the whole with a hash. It changes nothing at the target. People stream through: a plan of any size takes the
 * memory of one page.
 */
import type { PeopleList } from '../../directory/files/people-list.ts'
import { type MessageOrText, message } from '../../messages/message.ts'
import type { ReasonCount } from '../../messages/reason-counts.ts'
import type { RandomText } from '../../rooms/id-rule.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { LookWishes, PlannedItem } from '../../store/rotations/plans.ts'
import { eachItem, getRotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { Person, RoomReading, WebexClient } from '../../webex/calls/client.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import { owner } from '../lifecycle.ts'
import { newIdFault, type Profile } from '../target/profile.ts'
import { whyNoRoom } from '../target/read-person.ts'
import { type CallBound, callBound } from './call-bound.ts'
import {
  type Choice,
  choosePerson,
  chooseRoom,
  describeChoice,
  hasTwoIds,
  listedId,
  type Questions,
  type Verdict,
} from './choose.ts'
import { concurrently } from './concurrently.ts'
import { entropyBits, type IdSource, mayClash, newId, wantedBits } from './new-ids.ts'
import { leaveOutClashes, orderMoves } from './order-plan.ts'
import { planHash } from './plan-hash.ts'
import { PlanRefused } from './plan-refused.ts'
import { unmatchedIn } from './unmatched.ts'

export interface PlanRequest extends LookWishes {
  siteUrl: string
  target: string
  profile: Profile
  choice: Choice
  /** People whose rooms stay as they are. */
  retained: PeopleList | null
  /** Make the plan even where a list names people who are not on the site. */
  allowUnmatched: boolean
  source: IdSource
  /** How many rooms go first, alone. */
  canary: number
  /** Switch self-service off while it runs. */
  freeze: boolean
}

export interface PlanDeps {
  store: Store
  client: WebexClient
  randomText: RandomText
  questions: Questions
  now: () => number
  /** Who has it planned; absent for nobody. */
  plannedBy?: Actor
  /** Called with the rotation that this becomes, before anything is read for it. */
  onCreated?: (key: RotationKey) => Promise<void>
  /** Called when the plan cannot be made, to remove what there is of it. Without it, the plan is discarded. */
  onFailed?: (key: RotationKey, error: unknown) => Promise<void>
  /** Called after each page with how many people were read. */
  onProgress?: (seen: number) => void
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

/** Enough to hide a target's latency; the pace is the governor's. */
const readers = 8

export async function makePlan(request: PlanRequest, deps: PlanDeps): Promise<PlanSummary> {
  const { store, now } = deps
  const key = await store.write('createRotation', {
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
    owner,
    plannedBy: deps.plannedBy,
    now: now(),
  })
  try {
    await deps.onCreated?.(key)
    const unreadOutsiders = await addPeople(key, request, deps)
    const summary = await finishPlan(key, request, deps, unreadOutsiders)
    if (summary.moves === 0) throw new PlanRefused({ refused: 'nothingToRotate', left: summary.left })
    return summary
  } catch (error) {
    await (deps.onFailed?.(key, error) ?? store.write('dropRotation', key))
    throw error
  }
}

/** Checks, orders and seals what has been added to a plan. */
export async function finishPlan(
  key: RotationKey,
  { source, profile }: Pick<PlanRequest, 'source' | 'profile'>,
  { store, client, randomText }: Pick<PlanDeps, 'store' | 'client' | 'randomText'>,
  unreadOutsiders: number,
): Promise<PlanSummary> {
  await leaveOutClashes(store, key)
  const order = await orderMoves(store, key, profile, randomText)
  const rotation = await getRotation(store.db, key)
  const hash = await planHash(rotation, eachItem(store.db, key))
  const bits = entropyBits(source)
  const warnings: MessageOrText[] = [...client.notes(), ...order.warnings]
  if (bits !== null && bits < wantedBits) {
    warnings.push(message('warnLowEntropy', { bits: Math.round(bits), wanted: wantedBits }))
  }
  if (unreadOutsiders > 0 && source.kind !== 'system' && (bits ?? 0) < wantedBits) {
    warnings.push(message('warnUnreadRooms', { count: unreadOutsiders }))
  }
  const { rooms, left } = await countRotation(store.db, key)
  const { temporaries, waves } = order
  const plan = { moves: rooms.pending, temporaries, draws: (bits ?? 0) > 0 }
  const bound = callBound(plan, rotation.canary, profile)
  await store.write('sealRotation', { ...key, hash, warnings, maxCalls: bound.maxCalls })
  return { key, hash, moves: rooms.pending, left, temporaries, waves, ...bound, bits, warnings }
}

/** Adds everybody of the site who matters to the plan. Gives how many outsiders' rooms stay unknown. */
async function addPeople(key: RotationKey, request: PlanRequest, deps: PlanDeps): Promise<number> {
  const { store, client } = deps
  const { siteUrl, profile } = request
  let number = 0
  let seen = 0
  let unreadOutsiders = 0
  let onSite = 0
  const otherSites = new Set<string>()
  const unmatched = unmatchedIn(request)
  const once = onceEach()

  for await (const people of client.people()) {
    const candidates = people.flatMap(person => {
      const verdict = once(person, choosePerson(person, request, deps.questions))
      if (verdict === 'elsewhere') {
        if (otherSites.size < maxSitesNamed) for (const site of person.sites.keys()) otherSites.add(site)
        return []
      }
      onSite += 1
      unmatched.meet(person)
      return [{ person, verdict }]
    })
    const items = await concurrently(candidates, readers, async ({ person, verdict }): Promise<PlannedItem[]> => {
      const listed = profile.listedRoomsFresh ? person.listedRooms.get(siteUrl.toLowerCase()) : undefined
      if (verdict !== 'chosen') {
        // Where the list of people shows every room, a person without one there has none.
        if (verdict === 'notChosen' && listed === undefined && !profile.listedRoomsFresh) unreadOutsiders += 1
        const reason = verdict === 'notChosen' ? message('leftNotChosen') : verdict.reason
        // The first entry has the room; nobody is kept from its ID by another entry.
        if (verdict !== 'notChosen' && verdict.reason.code === 'leftListedAgain') return [left(person, null, reason)]
        // Outsiders are retained where their ID is known, because nobody else can have it.
        if (verdict === 'notChosen' && (listed === undefined || !mayClash(request.source))) return []
        return [left(person, listed ?? null, reason)]
      }
      const reading: RoomReading =
        listed === undefined ? await client.readRoom(siteUrl, person.email) : { roomId: listed }
      const readAt = ('roomId' in reading && reading.at) || deps.now()
      return [{ ...planItem(person, reading, request, deps), readAt }]
    })
    const numbered = items.flat().map((item, place) => ({ ...item, number: number + 1 + place }))
    number += numbered.length
    if (numbered.length > 0) await store.write('addItems', { ...key, items: numbered, now: deps.now() })
    seen += people.length
    deps.onProgress?.(seen)
  }

  if (onSite === 0) throw new PlanRefused({ refused: 'nobodyOnSite', siteUrl, otherSites: [...otherSites] })
  if (!request.allowUnmatched) unmatched.refuse()
  const reason = message('leftUnknownPerson')
  const nobody = { kind: 'left', personId: '', name: '', oldId: null, newId: null, reason } as const
  for (const slice of unmatched.slices()) {
    const items = slice.map(({ address: email }, place) => ({ ...nobody, number: number + 1 + place, email }))
    number += items.length
    await store.write('addItems', { ...key, items, now: deps.now() })
  }
  return unreadOutsiders
}

const maxSitesNamed = 5

/** Pages may overlap, and one person may be listed under two spellings. Who is in the plan already is left out. */
function onceEach(): (person: Person, verdict: Verdict) => Verdict {
  const seen = new Set<string>()
  return ({ personId, email }, verdict) => {
    if (verdict === 'elsewhere') return verdict
    const names = [...(personId ? [personKey(personId)] : []), ...(email ? [email.toLowerCase()] : [])]
    const before = names.some(name => seen.has(name))
    for (const name of names) seen.add(name)
    return before ? { reason: message('leftListedAgain') } : verdict
  }
}

function planItem(person: Person, reading: RoomReading, request: PlanRequest, deps: PlanDeps): PlannedItem {
  if (!('roomId' in reading)) return left(person, null, whyNoRoom(reading))
  const { roomId } = reading
  const verdict = chooseRoom(person, roomId, request.choice, deps.questions)
  if (typeof verdict === 'object') return left(person, roomId, verdict.reason)

  if (request.source.kind === 'csv' && hasTwoIds(person, request.choice)) {
    return left(person, roomId, message('leftTwoIdsInCsv'))
  }
  const id =
    request.source.kind === 'csv' ? listedId(person, request.choice) : newId(request.source, person, deps.randomText)
  if (id === null) {
    return request.source.kind === 'system'
      ? { ...left(person, roomId, ''), kind: 'move', reason: null }
      : left(person, roomId, message('leftNoIdInCsv'))
  }
  const fault = newIdFault(request.profile, id)
  if (fault !== undefined) return left(person, roomId, message('leftInvalidId', { id: id.slice(0, 80), fault }))
  if (roomIdKey(id) === roomIdKey(roomId)) return left(person, roomId, message('leftSameId'))
  return { ...left(person, roomId, ''), kind: 'move', newId: id, reason: null }
}

function left(person: Person, oldId: string | null, reason: MessageOrText): PlannedItem {
  const { personId, email, displayName, firstName, lastName } = person
  const name = displayName || `${firstName} ${lastName}`.trim()
  return { number: 0, kind: 'left', personId, email, name, oldId, newId: null, reason }
}
