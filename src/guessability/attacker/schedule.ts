/**
 * The order in which an attacker who knows the directory tries IDs for one person, and the position of an ID in it.
 *
 * The order is a table of stages. Each goes through a list (a person's forms, the dictionary, …) and tries every entry
 * with every addition before the next entry. Nothing is enumerated: a stage's size is a product, and the position
 * inside it follows from which entry the ID contains and what surrounds it.
 */
import { type NamedPerson, randomAlphabet } from '../../rooms/id-rule.ts'
import {
  type AdditionKind,
  type Additions,
  dates,
  entryStarts,
  longNumbers,
  meetingWords,
  numbersToYears,
  plain,
  separatedNumbers,
  whenTaken,
} from './additions.ts'
import { dictionarySize, placeInDictionary } from './dictionary.ts'
import { type DirectoryEntry, readEntry } from './directory-entry.ts'
import { type FormOrigin, type Forms, firstGuess, furtherForms, likelyForms, mayHoldForm } from './name-forms.ts'

type ListName = 'likely' | 'further' | 'words' | 'shortIds'

const stages: readonly [ListName, Additions][] = [
  ['likely', plain],
  ['likely', whenTaken],
  ['further', plain],
  ['likely', meetingWords],
  ['words', plain],
  ['further', whenTaken],
  ['likely', numbersToYears],
  ['further', meetingWords],
  ['likely', separatedNumbers],
  ['words', whenTaken],
  ['shortIds', plain],
  ['further', numbersToYears],
  ['likely', longNumbers],
  ['further', separatedNumbers],
  ['words', numbersToYears],
  ['further', longNumbers],
  ['likely', dates],
]

const firstFurther = stages.findIndex(([list]) => list === 'further')

/** How the attacker arrived at an ID. */
export interface Reached {
  /** The number of the guess, from 1. */
  rank: number
  origin: FormOrigin | 'word' | 'short'
  /** The list's entry, and what surrounds it. */
  entry: string
  addition: AdditionKind
  before: string
  after: string
}

/** An entry of a list that occurs in the ID, and its position in the list. */
type Hit = Pick<Reached, 'origin' | 'entry' | 'before' | 'after'> & { place: number }

/** The first guess for this person that is this ID (in lower case), or undefined when the order does not contain it. */
export function reach(person: NamedPerson, key: string): Reached | undefined {
  if (key === firstGuess(person)) {
    return { rank: 1, origin: 'emailPrefix', entry: key, addition: 'plain', before: '', after: '' }
  }
  const entry = readEntry(person)
  const starts = entryStarts(key)
  const mayHold = mayHoldForm(entry, key, starts)
  const forms = new FormLists(entry)
  const hits: Record<ListName, Hit[]> = {
    likely: mayHold ? formHits(forms.likely, key, starts) : [],
    further: [],
    words: wordHits(key),
    shortIds: hitAt(placeOfShortId(key), { origin: 'short', entry: key, before: '', after: '' }),
  }
  for (const [stage, [list, additions]] of stages.entries()) {
    if (stage === firstFurther && mayHold) hits.further = formHits(forms.further, key, starts)
    const first = firstIn(hits[list], additions)
    if (first === undefined) continue
    const { origin, entry: text, before, after } = first.hit
    const rank = guessesBefore(stage, forms) + first.place + 1
    return { rank, origin, entry: text, addition: additions.kind, before, after }
  }
  return undefined
}

/** How many guesses all earlier stages take. */
function guessesBefore(stage: number, forms: FormLists): number {
  return stages
    .slice(0, stage)
    .reduce((guesses, [list, additions]) => guesses + sizeOf(list, forms) * additions.size, 0)
}

function sizeOf(list: ListName, forms: FormLists): number {
  switch (list) {
    case 'likely':
      return forms.likely.size
    case 'further':
      return forms.further.size
    case 'words':
      return dictionarySize
    case 'shortIds':
      return shortIdCount
  }
}

/** A person's forms, made when they are first needed. */
class FormLists {
  readonly #entry: DirectoryEntry
  #likely: Forms | undefined
  #further: Forms | undefined

  constructor(entry: DirectoryEntry) {
    this.#entry = entry
  }

  get likely(): Forms {
    this.#likely ??= likelyForms(this.#entry)
    return this.#likely
  }

  get further(): Forms {
    this.#further ??= furtherForms(this.#entry, this.likely)
    return this.#further
  }
}

function firstIn(hits: readonly Hit[], additions: Additions): { place: number; hit: Hit } | undefined {
  let first: { place: number; hit: Hit } | undefined
  for (const hit of hits) {
    const index = additions.indexOf(hit.before, hit.after)
    if (index < 0) continue
    const place = hit.place * additions.size + index
    if (first === undefined || place < first.place) first = { place, hit }
  }
  return first
}

function formHits(forms: Forms, key: string, starts: readonly number[]): Hit[] {
  const hits: Hit[] = []
  let place = 0
  for (const [entry, origin] of forms) {
    for (const at of starts) {
      if (!key.startsWith(entry, at)) continue
      hits.push({ origin, entry, before: key.slice(0, at), after: key.slice(at + entry.length), place })
    }
    place += 1
  }
  return hits
}

function wordHits(key: string): Hit[] {
  const [, entry = '', after = ''] = /^([a-z]+)(\d*)$/.exec(key) ?? []
  return hitAt(placeInDictionary(entry), { origin: 'word', entry, before: '', after })
}

function hitAt(place: number, hit: Omit<Hit, 'place'>): Hit[] {
  return place < 0 ? [] : [{ ...hit, place }]
}

const letters = 26
const characters = randomAlphabet.length
const shortIdCount = letters * (1 + characters + characters ** 2)

/** One to three letters and digits, a letter first: by length, then in the order of the alphabet, digits before letters. */
function placeOfShortId(key: string): number {
  if (!/^[a-z][a-z0-9]{0,2}$/.test(key)) return -1
  const shorter = letters * [0, 1, 1 + characters][key.length - 1]!
  const first = randomAlphabet.indexOf(key.charAt(0)) - 10
  return (
    [...key.slice(1)].reduce((place, character) => place * characters + randomAlphabet.indexOf(character), first) +
    shorter
  )
}
