/** What a plan asks the audit (is this ID guessable?) and this machine's own database (pinned? how old?). */

import { guessability } from '../../guessability/guessability.ts'
import { agesOfIds, pinnedPeople } from '../../store/rooms/pins-and-ages.ts'
import type { Store } from '../../store/store.ts'
import { dayMs } from '../../time.ts'
import type { Choice, Questions } from './choose.ts'

/** A room found within this many guesses is guessable: the largest of the audit's budgets. */
const guessesOfAPatientStranger = 1_000_000

export interface PlanScope {
  siteUrl: string
  choice: Choice
  pinnedToo: boolean
}

export async function planQuestions(store: Store, { siteUrl, choice, pinnedToo }: PlanScope): Promise<Questions> {
  const pinned = pinnedToo ? new Set<string>() : await pinnedPeople(store.db, siteUrl)
  const since = choice.who === 'olderThan' ? await agesOfIds(store.db, siteUrl) : new Map<string, number>()
  const now = Date.now()
  return {
    // A target does not list usernames; the audit of our own database knows them.
    isGuessable: (person, roomId) =>
      guessability({ ...person, username: null }, roomId).guesses <= guessesOfAPatientStranger,
    isPinned: ({ personId }) => pinned.has(personId),
    ageInDays({ personId }) {
      const at = since.get(personId)
      return at === undefined ? null : (now - at) / dayMs
    },
  }
}
