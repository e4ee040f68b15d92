/** What came of one batch, as exactly as can be said: only the caller can find out what a lost answer meant. */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { answers } from './answers.ts'
import type { Called } from './calls.ts'
import { describeOddAnswer } from './odd-answer.ts'
import { type Offender, readRefusal } from './refusal.ts'

/** What an answer says of one room; null for what it leaves out. */
export interface RefreshedRoom {
  personId: string | null
  email: string | null
  roomId: string
}

/**
 * The outcome of one batch. `later`, `putOff` and `unsent` changed nothing; `unknown` may have changed anything.
 * `putOff`: it was not sent, because the target asks for a longer wait than anybody waits for.
 */
export type RefreshAnswer =
  | { kind: 'accepted'; rooms: RefreshedRoom[]; trackingId: string | null }
  | {
      kind: 'refused'
      status: number
      /** The offending items where the target names them, else null. */
      offenders: Offender[] | null
      /** In the target's words. */
      reason: MessageOrText
      trackingId: string | null
    }
  | { kind: 'denied'; status: number; reason: MessageOrText; trackingId: string | null }
  | { kind: 'later'; status: number; retryAfter: string | null; trackingId: string | null }
  | { kind: 'putOff'; why: MessageOrText; until: number; trackingId: string | null }
  | {
      kind: 'unknown'
      why: MessageOrText
      /** Whether the target answered with 200 in JSON, though not as documented. */
      isSuccess: boolean
      trackingId: string | null
    }
  | { kind: 'unsent'; why: MessageOrText; trackingId: string | null }

export function readRefreshAnswer(called: Called): RefreshAnswer {
  if (called.kind === 'unknown') return { ...called, isSuccess: false, trackingId: null }
  if (called.kind === 'unsent') {
    const { why, until } = called
    return until === undefined
      ? { kind: 'unsent', why, trackingId: null }
      : { kind: 'putOff', why, until, trackingId: null }
  }
  const { status, json, trackingId, asked } = called
  if (status === 200) {
    if (!answers.refreshed.Check(json)) {
      return { kind: 'unknown', why: describeOddAnswer(called), isSuccess: json !== undefined, trackingId }
    }
    const rooms = json.personalMeetingRoomIds.map(({ email, personId, personalMeetingRoomId }) => ({
      email: email ?? null,
      personId: personId ?? null,
      roomId: personalMeetingRoomId,
    }))
    return { kind: 'accepted', rooms, trackingId }
  }
  if (status === 429 || status === 423) {
    return { kind: 'later', status, retryAfter: asked?.header ?? null, trackingId }
  }
  if (status >= 500) return { kind: 'unknown', why: statusOf(called), isSuccess: false, trackingId }
  if (status < 400) return { kind: 'unknown', why: describeOddAnswer(called), isSuccess: false, trackingId }

  const { reason, offenders, site } = readRefusal(json)
  if (status === 400 || (status === 404 && !site)) return { kind: 'refused', status, offenders, reason, trackingId }
  return { kind: 'denied', status, reason, trackingId }
}

export function statusOf({ status }: { status: number }): Message {
  return message('responseStatus', { status: String(status) })
}
