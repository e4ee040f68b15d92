/** Reasons as a program reads them with --json: the text, and the message as data. */
import { asMessage, type Message, type MessageOrText } from '../../messages/message.ts'
import type { ReasonCount } from '../../messages/reason-counts.ts'
import { render } from '../../messages/render.ts'
import type { RunEnd } from '../../rotations/running/run-deps.ts'

export function reasonJson(reason: MessageOrText): { reason: string; message: Message | null } {
  return { reason: render(reason), message: asMessage(reason) }
}

export function countsJson(counts: ReasonCount[]) {
  return counts.map(({ reason, count }) => ({ ...reasonJson(reason), count }))
}

export function endJson(end: RunEnd) {
  return end.end === 'stopped' ? { ...end, ...reasonJson(end.reason) } : end
}
