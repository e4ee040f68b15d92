export const maxPhraseLength = 48
const maxPhrases = 8

/** A name as people type it: without accents, case or punctuation. "Jean-Luc  O'Néill" becomes "jean luc o neill". */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export interface Named {
  firstName: string
  lastName: string
  displayName: string
}

/**
 * The phrases that somebody is found by: the folded display name from each of its words on, and the first and last name
 * where the display name lacks them. "Anna von Ahn" gives "anna von ahn", "von ahn" and "ahn", so typing the beginning
 * of any word, or several words in a row, finds her with one range of an index.
 */
export function namePhrases({ firstName, lastName, displayName }: Named): string[] {
  const phrases = new Set<string>()
  for (const name of [displayName, lastName, firstName]) {
    const words = foldName(name).split(' ')
    for (const from of words.keys()) {
      const phrase = words.slice(from).join(' ')
      const known = [...phrases].some(other => other.startsWith(phrase))
      if (phrase !== '' && !known && phrases.size < maxPhrases) phrases.add(phrase.slice(0, maxPhraseLength))
    }
  }
  return [...phrases]
}

/** The upper bound of the phrases that start with these letters. */
export function prefixEnd(prefix: string): string {
  return `${prefix}\u{10ffff}`
}
