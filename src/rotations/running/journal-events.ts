/** What the journal says about an outcome: enough to know every room's state from the journal alone. */
import type { MessageOrText } from '../../messages/message.ts'
import type { RefreshAnswer } from '../../webex/calls/client.ts'
import type { Verdict } from './step.ts'

export interface OutcomeBody {
  /** The intent that this is the outcome of; null for rooms that were read back. */
  intent: number | null
  answer: string
  status?: number
  trackingId?: string
  /** `Retry-After` as it came with a 429 or 423. */
  retryAfter?: string
  why?: MessageOrText
  done?: [number, string][]
  refused?: [number, MessageOrText][]
  pending?: number[]
  unsure?: number[]
  /** How often rooms that are pending or unsure were tried. */
  tries?: [number, number][]
  /** Which rooms the target gave another ID than was asked for. */
  others?: [number, string][]
  /** Rooms whose ID is taken, with the one that was drawn instead. */
  drawn?: [number, string][]
}

export function tellOutcome(
  intent: number | null,
  answer: RefreshAnswer | { kind: 'read back' | 'interrupted' },
  verdicts: Verdict[],
): OutcomeBody {
  const body: OutcomeBody = { intent, answer: answer.kind }
  if ('status' in answer) body.status = answer.status
  if ('trackingId' in answer && answer.trackingId !== null) body.trackingId = answer.trackingId
  if ('retryAfter' in answer && answer.retryAfter !== null) body.retryAfter = answer.retryAfter
  if ('why' in answer) body.why = answer.why
  if ('reason' in answer) body.why = answer.reason

  for (const verdict of verdicts) {
    if ('roomId' in verdict && verdict.is !== 'done')
      body.others = [...(body.others ?? []), [verdict.number, verdict.roomId]]
    if (verdict.is === 'done') body.done = [...(body.done ?? []), [verdict.number, verdict.roomId]]
    else if (verdict.is === 'refused') body.refused = [...(body.refused ?? []), [verdict.number, verdict.reason]]
    else {
      body[verdict.is] = [...(body[verdict.is] ?? []), verdict.number]
      if (verdict.is === 'pending' && verdict.newId !== undefined)
        body.drawn = [...(body.drawn ?? []), [verdict.number, verdict.newId]]
      if (verdict.tries > 0) body.tries = [...(body.tries ?? []), [verdict.number, verdict.tries]]
    }
  }
  return body
}
