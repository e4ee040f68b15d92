/**
 * Who takes part in a rotation, and why others do not. Pure: what has to be asked elsewhere (is this ID guessable, is
 * this room pinned, how old is this ID) comes in as a function.
 */

import type { PeopleList } from '../../directory/files/people-list.ts'
import { type Message, message } from '../../messages/message.ts'
import { emailKey } from '../../rooms/email-address.ts'
import type { Person } from '../../webex/calls/client.ts'

export type Choice =
  | { who: 'everyone' }
  | ({ who: 'listed' } & PeopleList)
  | { who: 'department'; department: string }
  | { who: 'guessable' }
  | { who: 'olderThan'; days: number }

export interface Questions {
  /** Whether somebody who knows the directory would find this ID soon. */
  isGuessable(person: Person, roomId: string): boolean
  isPinned(person: Person): boolean
  /** Days since the room took its present ID, or null where nobody knows. */
  ageInDays(person: Person): number | null
}

/** Chosen, or left out: `reason` is for the list of those left out. `elsewhere`: not a person of this site at all. */
export type Verdict = 'chosen' | 'notChosen' | 'elsewhere' | { reason: Message }

/** What is decided before the person's room has been read. */
export function choosePerson(
  person: Person,
  { siteUrl, choice, retained }: { siteUrl: string; choice: Choice; retained: PeopleList | null },
  questions: Questions,
): Verdict {
  const role = person.sites.get(siteUrl.toLowerCase())
  if (role === undefined && !person.sitesUnknown) return 'elsewhere'
  // Whoever is listed by name, and not here, is not meant, however odd the entry.
  if (person.fault && (choice.who !== 'listed' || isListed(person, choice))) return { reason: person.fault }
  if (!isListed(person, choice)) return 'notChosen'
  if (role === 'attendee') return { reason: message('leftAttendee') }
  if (person.pending) return { reason: message('leftInvitationPending') }
  if (retained !== null && entryOf(person, retained) !== undefined) return { reason: message('leftByList') }
  if (questions.isPinned(person)) return { reason: message('leftPinned') }
  return 'chosen'
}

/** What is decided once the ID of the room is known. */
export function chooseRoom(person: Person, roomId: string, choice: Choice, questions: Questions): Verdict {
  switch (choice.who) {
    case 'guessable':
      return questions.isGuessable(person, roomId) ? 'chosen' : { reason: message('leftHardToGuess') }
    case 'olderThan': {
      const days = questions.ageInDays(person)
      // An ID of unknown age is older than the history.
      return days === null || days > choice.days
        ? 'chosen'
        : { reason: message('leftIdAge', { days: Math.floor(days) }) }
    }
    default:
      return 'chosen'
  }
}

/** The key by which a list names this person, or undefined where it does not. */
export function entryOf(
  { email, personId }: Pick<Person, 'email' | 'personId'>,
  { people }: PeopleList,
): string | undefined {
  return [emailKey(email), personId].find(key => people.has(key))
}

/** The ID that a list gives this person; null where it gives none, or does not name them. */
export function listedId(person: Person, choice: Choice): string | null {
  if (choice.who !== 'listed') return null
  const key = entryOf(person, choice)
  return key === undefined ? null : (choice.people.get(key) ?? null)
}

/** Whether a list names somebody twice, by e-mail and by person ID, with different IDs. */
export function hasTwoIds({ email, personId }: Person, choice: Choice): boolean {
  if (choice.who !== 'listed') return false
  const [one, other] = [choice.people.get(emailKey(email)), choice.people.get(personId)]
  return one != null && other != null && one.toLowerCase() !== other.toLowerCase()
}

function isListed(person: Person, choice: Choice): boolean {
  if (choice.who === 'listed') return entryOf(person, choice) !== undefined
  if (choice.who !== 'department') return true
  return person.department?.toLowerCase() === choice.department.toLowerCase()
}

/** The choice as it is stored, shown, and covered by the plan's hash. */
export function describeChoice(choice: Choice): Message {
  switch (choice.who) {
    case 'everyone':
      return message('choiceEveryone')
    case 'listed':
      return message('choiceListed', { count: choice.people.size, file: choice.file })
    case 'department':
      return message('choiceDepartment', { department: choice.department })
    case 'guessable':
      return message('choiceGuessable')
    case 'olderThan':
      return message('choiceOlderThan', { days: choice.days })
  }
}
