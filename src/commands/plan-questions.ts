/** What a plan asks this machine's own database: which rooms are pinned, and how old an ID is. */
import { guessability } from '../audit/guessability.ts'
import type { Choice, Questions } from '../rotation/choose.ts'
import { agesOfIds, pinnedPeople } from '../store/room-marks.ts'
import type { Store } from '../store/store.ts'

/** An ID that somebody who knows the directory has after so many guesses is guessable. */
const guessesTooFew = 1_000_000

const dayMs = 24 * 60 * 60 * 1000

/** @param kept people whose rooms stay as they are, by e-mail in lower case or by person ID */
export async function planQuestions(
  store: Store,
  siteUrl: string,
  kept: ReadonlyMap<string, unknown>,
  choice: Choice,
): Promise<Questions> {
  const pinned = await pinnedPeople(store.db, siteUrl)
  const since = choice.who === 'olderThan' ? await agesOfIds(store.db, siteUrl) : new Map<string, number>()
  const now = Date.now()
  return {
    isGuessable: (person, roomId) => guessability({ ...person, username: null }, roomId).guesses <= guessesTooFew,
    isPinned: ({ personId, email }) => pinned.has(personId) || kept.has(personId) || kept.has(email.toLowerCase()),
    ageInDays({ personId }) {
      const at = since.get(personId)
      return at === undefined ? null : (now - at) / dayMs
    },
  }
}
