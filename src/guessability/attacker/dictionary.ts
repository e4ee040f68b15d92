/** The attacker's dictionary: common words, then given names. */
import { givenNames } from './given-names.ts'
import { commonWords } from './words.ts'

const places = new Map<string, number>()
for (const word of [...commonWords, ...givenNames]) if (!places.has(word)) places.set(word, places.size)

const none: readonly number[] = []

export const dictionarySize = places.size
const maxWordLength = Math.max(...[...places.keys()].map(word => word.length))
const minWordLength = 3
/** The first three letters of all words with three or more: at most positions in a text no word begins. */
const beginnings = new Set([...places.keys()].map(word => word.slice(0, minWordLength)))

/** The position of a word in the attacker's order, from 0, or -1 when it is in no list. */
export function placeInDictionary(word: string): number {
  return places.get(word) ?? -1
}

/** The words of at least `shortest` letters that begin at `at` in `text`, as their lengths. */
export function wordLengthsAt(text: string, at: number, shortest = minWordLength): readonly number[] {
  if (!beginnings.has(text.slice(at, at + minWordLength))) return none
  const lengths: number[] = []
  const limit = Math.min(maxWordLength, text.length - at)
  for (let length = shortest; length <= limit; length += 1) {
    if (places.has(text.slice(at, at + length))) lengths.push(length)
  }
  return lengths
}
