import { type MessageOrText, message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'
import type { ReasonCount } from '../../messages/reason-counts.ts'

/** Somebody in a list who is not on the site. */
export interface Unmatched {
  /** Which list: of those who are to be rotated, or of those who are to be left out. */
  list: 'people' | 'leaveOut'
  /** As `emailKey` writes it, or a person ID. */
  address: string
  line: number
}

export type PlanRefusal =
  /** The first of them, and how many there are. */
  | { refused: 'unmatchedPeople'; unmatched: Unmatched[]; count: number }
  | { refused: 'nobodyOnSite'; siteUrl: string; otherSites: string[] }
  | { refused: 'nothingToRotate'; left: ReasonCount[] }

/** Thrown where only reading the target shows that there is no plan to be made; it becomes a refusal (orRefusal). */
export class PlanRefused extends MessageError {
  override name = 'PlanRefused'
  readonly refusal: PlanRefusal

  constructor(refusal: PlanRefusal) {
    super(describePlanRefusal(refusal))
    this.refusal = refusal
  }
}

/** People that a message names; the rest is counted. */
const maxPeopleNamed = 20

export function describePlanRefusal(refusal: PlanRefusal): MessageOrText {
  switch (refusal.refused) {
    case 'unmatchedPeople': {
      const people = refusal.unmatched.slice(0, maxPeopleNamed).map(({ address, line }) => `${address} (line ${line})`)
      return message('unmatchedPeople', { people, count: refusal.count })
    }
    case 'nobodyOnSite':
      return message('nobodyOnSite', { siteUrl: refusal.siteUrl })
    case 'nothingToRotate':
      return message('nothingToRotate', { reasons: reasonsOf(refusal.left) })
  }
}

function reasonsOf(left: ReasonCount[]): MessageOrText[] {
  return left.length === 0
    ? [message('nobodyChosen')]
    : left.map(({ reason, count }) => message('leftCount', { count, reason }))
}
