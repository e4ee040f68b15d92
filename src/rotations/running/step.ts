/**
 * The state machine of a move, pure.
 *
 * A move is one room's change from one ID to another, and goes through these states:
 *
 *   pending   waits to be sent. Moves with the same `part` above 0 are sent together; the others a hundred at a time.
 *   sent      its batch's intent is in the journal, and no outcome yet. If we die now, it becomes unsure.
 *   unsure    perhaps the target changed the room, perhaps not. It is read back from `due` on, never resent blindly:
 *             with IDs given by the target's rule, a second call would change the room twice.
 *   done      the room carries its new ID.
 *   refused   the target will not, with the reason.
 *
 * A batch that is answered, or not, moves each of its rooms on:
 *
 *   accepted             -> done, by what the answer says, not by what we asked for
 *   refused, with names  -> the offenders refused; the others pending again, together
 *   refused, no names    -> alone: refused. Together: pending again in two halves, until the offenders are alone. For k
 *                           offenders among n that takes at most 2k·ceil(log2 n) further calls.
 *   429, 423, unsent     -> pending again: nothing happened; the run stops where the wait is too long
 *   401, 403, site gone  -> pending again, and the run stops: no other batch would fare better
 *   5xx, cut, timeout    -> unsure
 *
 * Nothing is repeated without bound. What remains of a batch goes together once more, so that it is the same call; after
 * that in halves, until each room is alone. Each time that a room is sent alone, is not in an answer of 200, or gets
 * another ID is a try; after three of them it is refused with its reason. A room that got another ID goes alone from then
 * on, because that may come of those with it. So n rooms take at most 4n refreshes (planning/call-bound.ts).
 *
 * Where a refusal may have changed half of the batch all the same, a refused batch is handled like a lost answer too
 * before anything is asked of the target's rule again; a given ID may simply be given again.
 *
 * A room that is read back:
 *
 *   cannot be read       -> unsure for another minute, which is a try; after the last: refused
 *   carries its new ID   -> done; right after the rotation that an undo undoes, that may be a late reading: as another
 *   carries another      -> an ID was given: pending again, giving it twice is giving it once. After the last try: unsure
 *                           until the target has settled, then refused.
 *                           The rule gives it: done when it differs from the old one. When it is still the old one, the
 *                           reading may be older than the change: unsure until the target has settled, then pending.
 */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { MoveVerdict } from '../../store/rotations/batches.ts'
import type { RefreshAnswer, RefreshedRoom } from '../../webex/calls/client.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import type { Profile } from '../target/profile.ts'

export interface Move {
  number: number
  /** Empty where the list of people gave none. */
  personId: string
  email: string
  /** The ID that the room carries before, and the new one, or null where the site's rule gives it. */
  from: string
  to: string | null
  /** How often its new ID was drawn again. */
  draws: number
  /** How often it was sent alone, or was not in an answer of 200, and was not seen to be changed. */
  tries: number
}

export interface Batch {
  /** The number of the journal's entry about it: rises with every batch. */
  intent: number
  part: number
  moves: Move[]
}

export interface UnsureMove extends Move {
  part: number
  /** Since when, in milliseconds since 1970. */
  since: number
  /** Why the target refused it, where it did and may have changed it all the same. */
  reason: MessageOrText | null
  /** Until when a late reading may show its new ID all the same, in milliseconds since 1970: an undo's room had it before. */
  hadItUntil: number
  /** An ID that the target is known to have given it instead; that was a try. */
  given: string | null
  /** Whether it may be on a temporary ID, which is unknown here. */
  viaTemporary: boolean
}

export type Verdict = MoveVerdict

export interface Judgement {
  verdicts: Verdict[]
  /** What the run as a whole does now. `failed`: the target gave no clear answer. `until`: it stops until then. */
  run: { do: 'goOn' } | { do: 'failed' | 'stop'; reason: MessageOrText; until?: number }
}

/** Parts below this are given out by the plan; those above belong to batches that were split or must stay together. */
const firstSplitPart = 2 ** 40
/** And those above this to one room each. */
const firstOwnPart = 2 ** 50

/** A room that is alone, or missing from an answer of 200, is sent so often. */
export const maxTries = 3

/** The parts for what is left of a batch: unique, because each batch has an intent of its own. */
function splitPart({ intent }: Batch, half: 0 | 1): number {
  return firstSplitPart + 2 * intent + half
}

/** The part of a room that is to go alone. */
export function ownPart(number: number): number {
  return firstOwnPart + number
}

/** How often a room was tried that got another ID together with others: once more is left for it alone. */
export function triesWithOtherId(tries: number): number {
  return Math.min(tries + 1, maxTries - 1)
}

/** Where a move of a batch goes on that the target answered unclearly: once more together, after that in halves. */
function remainderPart(batch: Batch, index: number): number {
  if (batch.moves.length === 1) return ownPart(batch.moves[0]!.number)
  const isFirst = batch.part < firstSplitPart
  return splitPart(batch, isFirst || index < Math.ceil(batch.moves.length / 2) ? 0 : 1)
}

/** What the answer to a batch means for each of its moves. */
export function judgeAnswer(batch: Batch, answer: RefreshAnswer, profile: Profile, now: number): Judgement {
  const { moves, part } = batch
  const again = (): Verdict[] => moves.map(({ number, tries }) => ({ number, is: 'pending', part, tries }))

  switch (answer.kind) {
    case 'accepted':
      return { verdicts: judgeAccepted(batch, answer.rooms, now), run: { do: 'goOn' } }
    case 'refused':
      return { verdicts: judgeRefused(batch, answer, profile, now), run: { do: 'goOn' } }
    case 'later':
      return { verdicts: again(), run: { do: 'goOn' } }
    case 'putOff':
      return { verdicts: again(), run: { do: 'stop', reason: answer.why, until: answer.until } }
    case 'unsent':
      return { verdicts: again(), run: { do: 'failed', reason: answer.why } }
    case 'denied':
      return { verdicts: again(), run: { do: 'stop', reason: deniedWith(answer) } }
    case 'unknown':
      return { verdicts: judgeUnknown(batch, answer.isSuccess, now), run: { do: 'failed', reason: answer.why } }
  }
}

function deniedWith({ status, reason }: { status: number; reason: MessageOrText }): Message {
  return message('responseDenied', { status: String(status), reason })
}

/** The moves of a batch that was under way when we died: that is no try, and sent again as one they are the same call. */
export function unsureTogether(batch: Batch, now: number): Verdict[] {
  const part = batch.part >= firstSplitPart ? batch.part : splitPart(batch, 0)
  return batch.moves.map(({ number, tries }) => ({ number, is: 'unsure', part, due: now, reason: null, tries }))
}

/** @param isSuccess whether it was answered with 200, and named nobody. */
function judgeUnknown(batch: Batch, isSuccess: boolean, now: number): Verdict[] {
  const isTry = isSuccess || batch.moves.length === 1
  return batch.moves.map(({ number, tries }, index): Verdict => {
    const part = remainderPart(batch, index)
    return { number, is: 'unsure', part, due: now, reason: null, tries: tries + (isTry ? 1 : 0) }
  })
}

function judgeAccepted(batch: Batch, rooms: RefreshedRoom[], now: number): Verdict[] {
  const find = roomFinder(rooms)
  return batch.moves.map((move, index): Verdict => {
    const { number, to, tries } = move
    const room = find(move)
    if (room === 'otherPerson') return { number, is: 'refused', reason: message('refusedOtherPerson') }
    if (room !== undefined && (to === null || roomIdKey(room.roomId) === roomIdKey(to))) {
      return { number, is: 'done', roomId: room.roomId }
    }
    const again = { number, is: 'unsure', due: now, reason: null } as const
    if (room === undefined) return { ...again, part: remainderPart(batch, index), tries: tries + 1 }
    const tried = batch.moves.length === 1 ? tries + 1 : triesWithOtherId(tries)
    return { ...again, part: ownPart(number), tries: tried, roomId: room.roomId }
  })
}

/** What an answer says of a move's person: by the person ID where both have one, else by the e-mail. */
function roomFinder(rooms: RefreshedRoom[]): (move: Move) => RefreshedRoom | 'otherPerson' | undefined {
  const byPerson = new Map(rooms.flatMap(room => (room.personId ? [[personKey(room.personId), room] as const] : [])))
  const byEmail = new Map(rooms.flatMap(room => (room.email ? [[room.email.toLowerCase(), room] as const] : [])))
  return ({ personId, email }) => {
    const known = personId === '' ? undefined : byPerson.get(personKey(personId))
    if (known !== undefined) return known
    const room = byEmail.get(email.toLowerCase())
    return room?.personId && personId !== '' ? 'otherPerson' : room
  }
}

type Refused = Extract<RefreshAnswer, { kind: 'refused' }>

function judgeRefused(batch: Batch, { offenders, reason }: Refused, profile: Profile, now: number): Verdict[] {
  const { moves } = batch
  const reasons = new Map(offenders?.map(offender => [offender.item, offender.reason]))
  const named = moves.some((_, item) => reasons.has(item))
  const half = Math.ceil(moves.length / 2)
  const mayHaveChanged = !profile.refusalsAtomic

  return moves.map(({ number, to, tries }, item): Verdict => {
    const why = named ? reasons.get(item) : moves.length === 1 ? reason : undefined
    const part = named ? remainderPart(batch, item) : splitPart(batch, item < half ? 0 : 1)
    if (why !== undefined) {
      return mayHaveChanged
        ? { number, is: 'unsure', part, due: now, reason: why, tries }
        : { number, is: 'refused', reason: why }
    }
    const blind = to === null && mayHaveChanged
    return blind
      ? { number, is: 'unsure', part, due: now, reason: null, tries }
      : { number, is: 'pending', part, tries }
  })
}
