/**
 * The order in which an attacker who knows the directory tries IDs for one person, and the place of an ID in it.
 *
 * The order is a table of stages. Each goes through a list (a person's forms, the dictionary, …) and tries every entry
 * with every addition before the next entry. Nothing is enumerated: a stage's size is a product, and the place inside
 * it follows from which entry the ID contains and what stands around it.
 */
import { type NamedPerson, randomAlphabet } from '../rooms/id-rule.ts'
import {
  type AdditionKind,
  type Additions,
  dates,
  longNumbers,
  meetingWords,
  numbersToYears,
  plain,
  separatedNumbers,
  whenTaken,
} from './additions.ts'
import { dictionarySize, placeInDictionary } from './dictionary.ts'
import { type FormOrigin, type Forms, furtherForms, likelyForms, spellingsOf } from './name-forms.ts'

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

/** How the attacker came to an ID. */
export interface Reached {
  /** The number of the guess, from 1. */
  rank: number
  origin: FormOrigin | 'word' | 'short'
  /** The list's entry, and what stands around it. */
  entry: string
  addition: AdditionKind
  before: string
  after: string
}

/** A list's entry inside the ID. */
type Hit = Pick<Reached, 'origin' | 'entry' | 'before' | 'after'> & { place: number }

interface List {
  size: number
  hits: Hit[]
}

/** The first guess for this person that is this ID (in lower case), or undefined when the order does not hold it. */
export function reach(person: NamedPerson, key: string): Reached | undefined {
  const spellings = spellingsOf(person)
  const likely = likelyForms(person, spellings)
  const lists: Record<ListName, List | undefined> = {
    likely: formList(likely, key),
    further: undefined,
    words: undefined,
    shortIds: undefined,
  }
  let passed = 0
  for (const [name, additions] of stages) {
    lists[name] ??= name === 'further' ? formList(furtherForms(person, likely, spellings), key) : openList(name, key)
    const list = lists[name]
    const first = firstIn(list, additions)
    if (first !== undefined) {
      const { origin, entry, before, after } = first.hit
      return { rank: passed + first.place + 1, origin, entry, addition: additions.kind, before, after }
    }
    passed += list.size * additions.size
  }
  return undefined
}

function firstIn({ hits }: List, additions: Additions): { place: number; hit: Hit } | undefined {
  let first: { place: number; hit: Hit } | undefined
  for (const hit of hits) {
    const index = additions.indexOf(hit.before, hit.after)
    if (index < 0) continue
    const place = hit.place * additions.size + index
    if (first === undefined || place < first.place) first = { place, hit }
  }
  return first
}

function formList(forms: Forms, key: string): List {
  const hits: Hit[] = []
  let place = 0
  for (const [entry, origin] of forms) {
    for (let at = key.indexOf(entry); at >= 0; at = key.indexOf(entry, at + 1)) {
      hits.push({ origin, entry, before: key.slice(0, at), after: key.slice(at + entry.length), place })
    }
    place += 1
  }
  return { size: forms.size, hits }
}

function openList(name: Exclude<ListName, 'further'>, key: string): List {
  if (name === 'words') {
    const [, entry = '', after = ''] = /^([a-z]+)(\d*)$/.exec(key) ?? []
    return { size: dictionarySize, hits: hitAt(placeInDictionary(entry), { origin: 'word', entry, before: '', after }) }
  }
  const short: Omit<Hit, 'place'> = { origin: 'short', entry: key, before: '', after: '' }
  return { size: shortIdCount, hits: hitAt(placeOfShortId(key), short) }
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
