/** Why many rooms were left out or refused, as the API tells it: each reason once, with its code. */
import { readSentence, say } from '../../messages/say.ts'
import type { RotationAnswer } from '../../wire/rotations.ts'

type Reasons = RotationAnswer['left']

/** The commonest first. What is particular to one room, such as its age, makes no reason of its own. */
export function asReasons(counted: Iterable<{ reason: string; count: number }>): Reasons {
  const sums = new Map<string, number>()
  for (const { reason, count } of counted) {
    const general = inGeneral(reason)
    sums.set(general, (sums.get(general) ?? 0) + count)
  }
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => ({ reason, said: readSentence(reason), count }))
}

function inGeneral(reason: string): string {
  const said = readSentence(reason)
  if (said?.code === 'leftYoung') return say('leftTooYoung')
  return said?.code === 'leftFault' ? said.values.fault! : reason
}
