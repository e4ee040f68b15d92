/** Why many rooms were left out or refused, as the API answers it: each reason once. */
import { asMessage, isMessageOrText, type Message, type MessageOrText, message } from '../../messages/message.ts'
import { type ReasonCount, ReasonCounts } from '../../messages/reason-counts.ts'
import { render } from '../../messages/render.ts'
import type { RotationAnswer } from '../../wire/rotations.ts'

/** The commonest first. What is particular to one room, such as its age, makes no reason of its own. */
export function asReasons(counted: Iterable<ReasonCount>): RotationAnswer['left'] {
  const sums = new ReasonCounts()
  for (const { reason, count } of counted) sums.add(inGeneral(reason), count)
  return sums.list().map(({ reason, count }) => ({ reason: render(reason), message: asMessage(reason), count }))
}

/** One reason, as text and as data. */
export function reasonOf(reason: MessageOrText | null): { reason: string | null; message: Message | null } {
  return { reason: reason === null ? null : render(reason), message: asMessage(reason) }
}

function inGeneral(reason: MessageOrText): MessageOrText {
  if (typeof reason === 'string') return reason
  if (reason.code === 'leftIdAge') return message('leftIdTooNew')
  const { fault } = reason.params
  return reason.code === 'leftInvalidId' && isMessageOrText(fault) ? fault : reason
}
