import type { Answer } from './calls.ts'

/** What is wrong with an answer, in words; null where nothing is. */
export type Complaint = string | null

export function status(answer: Answer, expected: number): Complaint {
  if (answer.status === expected) return null
  return `answered ${answer.status} instead of ${expected}: ${JSON.stringify(answer.body)}`
}

export function differs(answered: unknown, expected: unknown): Complaint {
  const [one, other] = [JSON.stringify(answered), JSON.stringify(expected)]
  return one === other ? null : `answered ${one} instead of ${other}`
}
