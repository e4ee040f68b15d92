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
 *   429, 423, unsent     -> pending again: nothing happened
 *   401, 403, site gone  -> pending again, and the run stops: no other batch would fare better
 *   5xx, cut, timeout    -> unsure
 *
 * Where a refusal may have changed half of the batch all the same, a refused batch is handled like a lost answer too
 * before anything is asked of the target's rule again; a given ID may simply be given again.
 *
 * A room that is read back:
 *
 *   carries its new ID   -> done
 *   carries another      -> an ID was given: pending again, giving it twice is giving it once.
 *                           The rule gives it: done when it differs from the old one. When it is still the old one, the
 *                           reading may be older than the change: unsure until the target has settled, then pending.
 */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import type { RefreshAnswer, RoomReading } from '../../webex/calls/client.ts'
import type { Profile } from '../target/profile.ts'

export interface Move {
  number: number
  email: string
  /** The ID that the room carries before, and the new one, or null where the site's rule gives it. */
  from: string
  to: string | null
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
}

export type Verdict =
  | { number: number; is: 'done'; roomId: string }
  | { number: number; is: 'refused'; reason: MessageOrText }
  | { number: number; is: 'pending'; part: number }
  | { number: number; is: 'unsure'; part: number; due: number; reason: MessageOrText | null }

export interface Judgement {
  verdicts: Verdict[]
  /** What the run as a whole does now. `failed`: the target gave no clear answer. */
  run: { do: 'goOn' } | { do: 'failed' | 'stop'; reason: MessageOrText }
}

/** Parts below this are given out by the plan; those above belong to batches that were split or must stay together. */
const firstSplitPart = 2 ** 40

/** The parts for what is left of a batch: unique, because each batch has an intent of its own. */
function splitPart({ intent }: Batch, half: 0 | 1): number {
  return firstSplitPart + 2 * intent + half
}

/** What the answer to a batch means for each of its moves. */
export function judgeAnswer(batch: Batch, answer: RefreshAnswer, profile: Profile, now: number): Judgement {
  const { moves, part } = batch
  const again = (): Verdict[] => moves.map(({ number }) => ({ number, is: 'pending', part }))

  switch (answer.kind) {
    case 'accepted':
      return { verdicts: judgeAccepted(batch, answer.rooms, now), run: { do: 'goOn' } }
    case 'refused':
      return { verdicts: judgeRefused(batch, answer, profile, now), run: { do: 'goOn' } }
    case 'later':
      return { verdicts: again(), run: { do: 'goOn' } }
    case 'unsent':
      return { verdicts: again(), run: { do: 'failed', reason: answer.why } }
    case 'denied':
      return { verdicts: again(), run: { do: 'stop', reason: deniedWith(answer) } }
    case 'unknown':
      return { verdicts: unsureTogether(batch, now), run: { do: 'failed', reason: answer.why } }
  }
}

function deniedWith({ status, reason }: { status: number; reason: MessageOrText }): Message {
  return message('responseDenied', { status: String(status), reason })
}

/** The moves of a batch whose outcome nobody knows. They stay together: sent again as one, they are the same call. */
export function unsureTogether(batch: Batch, now: number): Verdict[] {
  const part = batch.part >= firstSplitPart ? batch.part : splitPart(batch, 0)
  return batch.moves.map(({ number }) => ({ number, is: 'unsure', part, due: now, reason: null }))
}

function judgeAccepted(batch: Batch, rooms: { email: string | null; roomId: string }[], now: number): Verdict[] {
  const byEmail = new Map(rooms.map(room => [room.email?.toLowerCase(), room.roomId]))
  return batch.moves.map(({ number, email, to }): Verdict => {
    const roomId = byEmail.get(email.toLowerCase())
    if (roomId !== undefined && (to === null || roomIdKey(roomId) === roomIdKey(to))) {
      return { number, is: 'done', roomId }
    }
    return { number, is: 'unsure', part: splitPart(batch, 0), due: now, reason: null }
  })
}

type Refused = Extract<RefreshAnswer, { kind: 'refused' }>

function judgeRefused(batch: Batch, { offenders, reason }: Refused, profile: Profile, now: number): Verdict[] {
  const { moves } = batch
  const reasons = new Map(offenders?.map(offender => [offender.item, offender.reason]))
  const named = moves.some((_, item) => reasons.has(item))
  const half = Math.ceil(moves.length / 2)
  const mayHaveChanged = !profile.refusalsAtomic

  return moves.map(({ number, to }, item): Verdict => {
    const why = named ? reasons.get(item) : moves.length === 1 ? reason : undefined
    const part = splitPart(batch, named || item < half ? 0 : 1)
    if (why !== undefined) {
      return mayHaveChanged
        ? { number, is: 'unsure', part, due: now, reason: why }
        : { number, is: 'refused', reason: why }
    }
    const blind = to === null && mayHaveChanged
    return blind ? { number, is: 'unsure', part, due: now, reason: null } : { number, is: 'pending', part }
  })
}

/** What a reading means for a move that was unsure. */
export function judgeReading(move: UnsureMove, reading: RoomReading, profile: Profile, now: number): Verdict {
  const { number, from, to, part, since, reason } = move
  if ('missing' in reading) return { number, is: 'refused', reason: reason ?? reading.missing }

  const { roomId } = reading
  const changed = to === null ? roomIdKey(roomId) !== roomIdKey(from) : roomIdKey(roomId) === roomIdKey(to)
  if (changed) return { number, is: 'done', roomId }
  if (to !== null) return reason === null ? { number, is: 'pending', part } : { number, is: 'refused', reason }

  const settled = since + profile.settleMs
  if (now < settled) return { number, is: 'unsure', part, due: settled, reason }
  return reason === null ? { number, is: 'pending', part } : { number, is: 'refused', reason }
}

/** What a worker does next, by what there is to do. */
export type Effect = { do: 'readBack' } | { do: 'send' } | { do: 'wait'; until: number } | { do: 'finish' }

export interface View {
  now: number
  /** Moves to read back that no other worker has in hand, the earliest of them due at this time; null for none. */
  nextDue: number | null
  /** Moves of the present wave to send. */
  pending: boolean
  /** Moves that other workers have in hand. */
  inHand: boolean
}

/** How often a worker without work looks whether another has left it some. */
const lookAgainMs = 250

export function nextEffect({ now, nextDue, pending, inHand }: View): Effect {
  if (nextDue !== null && nextDue <= now) return { do: 'readBack' }
  if (pending) return { do: 'send' }
  if (inHand) return { do: 'wait', until: now + lookAgainMs }
  return nextDue === null ? { do: 'finish' } : { do: 'wait', until: nextDue }
}

export interface Tally {
  done: number
  refused: number
}

/** When to stop because too much is refused. */
export interface Gate {
  /** The largest share of refused moves, 0 to 1. */
  maxShare: number
  /** Judge no earlier than after this many. */
  after: number
}

/** Whether so much is refused that something must be wrong with the plan or the target. */
export function tooManyRefused({ done, refused }: Tally, { maxShare, after }: Gate): boolean {
  return done + refused >= after && refused > (done + refused) * maxShare
}
