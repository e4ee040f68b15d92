/**
 * The bits of a run of letters: words from the dictionary are cheap, words from outside it less so, noise is expensive.
 */
import { dictionarySize, wordLengthsAt } from '../attacker/dictionary.ts'

const letterCost = Math.log2(26)
const wordCost = Math.log2(dictionarySize)
/** One word of a language's 200,000, for every nine pronounceable letters. */
const spokenCost = Math.log2(200_000)
const lettersPerSpokenWord = 9
const minSpoken = 4
const minRealWord = 4

/** The bits of a run of lower-case letters. */
export function letterBits(run: string): number {
  const cheapest = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY)
  cheapest[0] = 0
  for (let at = 0; at < run.length; at += 1) {
    const soFar = cheapest[at]!
    cheapest[at + 1] = Math.min(cheapest[at + 1]!, soFar + letterCost)
    for (const length of wordLengthsAt(run, at))
      cheapest[at + length] = Math.min(cheapest[at + length]!, soFar + wordCost)
  }
  const bits = cheapest[run.length]!
  return canBeSpoken(run) ? Math.min(bits, spokenCost * Math.ceil(run.length / lettersPerSpokenWord)) : bits
}

/** The share of the characters, 0 to 1, that words of four letters or more cover. */
export function shareInWords(text: string): number {
  let covered = 0
  for (let at = 0; at < text.length; ) {
    const longest = wordLengthsAt(text, at, minRealWord).at(-1) ?? 0
    covered += longest
    at += longest === 0 ? 1 : longest
  }
  return covered / text.length
}

/** No four consonants and no three vowels in a row, and a vowel at all. */
function canBeSpoken(run: string): boolean {
  return run.length >= minSpoken && !/[^aeiouy]{4}|[aeiouy]{3}/.test(run) && /[aeiouy]/.test(run)
}
