/**
 * The rule of the batch refresh: given who is asked for and what is known of the IDs, either every item gets its ID or
 * nobody does. Pure: no clock, no database, no generator of its own.
 *
 * A batch is judged by its final state, so swaps and cycles inside it are fine: an ID may be taken from somebody who
 * gives it up in the same batch. For anyone outside the batch, an ID is
 *   live      while it is its holder's current one: taken;
 *   reserved  after that, for as long as the site's quarantine lasts: taken for all but its last holder;
 *   free      before it was ever held, and again after the quarantine.
 *
 * Which IDs must be looked up is known only along the way (a name rule tries the next suffix, a random rule draws
 * again), so the rule is a generator: it yields keys, and is resumed with what the store knows of them.
 */
import { type IdRule, type NamedPerson, proposeRoomId, type RandomText, withSuffix } from './id-rule.ts'
import type { ItemRefusal } from './refusal.ts'
import { roomIdFault, roomIdKey } from './room-id.ts'

export interface BatchPerson extends NamedPerson {
  /** The person's number on this site: the store's own, never on the wire. */
  person: number
  personId: string
  /** False for attendees, who have an account but no room. */
  hasRoom: boolean
  /** How many claims this person's room has made so far: the number of the newest, 0 for none. */
  claims: number
  /** The ID that the room carries now, or null when it never had one or gave it up. */
  currentId: string | null
}

/** The last claim on a key. */
export interface KeyState {
  tenure: number
  holder: number
  /** When its holder claimed another ID, in milliseconds since 1970; null while the key is live. */
  freedAt: number | null
}

export interface BatchQuestion {
  rule: IdRule
  quarantineMs: number
  /** Milliseconds since 1970. */
  now: number
  /** Each person asked for, with the ID given, or null where the site's rule gives it. */
  items: { person: BatchPerson; id: string | null }[]
  draw: RandomText
  /** IDs that differ in capitals alone are two: only to stand in for a target that sees it so. */
  caseMatters?: boolean | undefined
}

/** One item's outcome, in request order. `claim` is null where the room already carried the ID. */
export interface RefreshedRoom {
  person: number
  personId: string
  email: string
  id: string
  claim: { number: number; key: string; tenure: number } | null
}

export type BatchDecision = { rooms: RefreshedRoom[] } | { refusals: ItemRefusal[] }

type KeyStates = ReadonlyMap<string, KeyState>
/** Asks for keys, is given the state of those that were ever held. */
type Asking<Result> = Generator<string[], Result, KeyStates>

export function* judgeBatch(question: BatchQuestion): Asking<BatchDecision> {
  const known = new KnownKeys(question.caseMatters === true)
  yield* known.learn(wellFormedKeys(question, known))
  const refusals = judgeItems(question, known)
  if (refusals.length > 0) return { refusals }

  const ids = yield* giveIds(question, known)
  return { rooms: question.items.map(({ person }, item) => refreshedRoom(person, ids[item]!, known)) }
}

/** What is malformed is refused without asking: not every database can even be asked for a null byte. */
function wellFormedKeys({ items }: BatchQuestion, known: KnownKeys): string[] {
  return items.flatMap(({ id }) => (id === null || roomIdFault(id) !== undefined ? [] : [known.keyOf(id)]))
}

/** Every item at fault, each with the first thing that is wrong with it. */
function judgeItems(question: BatchQuestion, known: KnownKeys): ItemRefusal[] {
  const finalKeys = new Map(question.items.map(({ person, id }) => [person.person, id && known.keyOf(id)]))
  const people = new Set<number>()
  const keys = new Set<string>()

  return question.items.flatMap(({ person, id }, item): ItemRefusal[] => {
    if (people.has(person.person)) return [{ reason: 'PersonTwice', item }]
    people.add(person.person)
    if (!person.hasRoom) return [{ reason: 'NoPersonalRoom', item }]
    if (id === null) return []

    const fault = roomIdFault(id)
    if (fault !== undefined) return [{ reason: 'RoomIdMalformed', item, fault }]
    const key = known.keyOf(id)
    if (keys.has(key)) return [{ reason: 'RoomIdTwice', item }]
    keys.add(key)

    const state = known.state(key)
    const left = state !== undefined && finalKeys.has(state.holder) && finalKeys.get(state.holder) !== key
    const availability = availabilityFor(person, state, question)
    if (availability === 'live' && !left) return [{ reason: 'RoomIdTaken', item }]
    if (availability === 'reserved') return [{ reason: 'RoomIdReserved', item }]
    return []
  })
}

/** The final ID of every item, in request order: the one given, or the one that the site's rule has for the person. */
function* giveIds(question: BatchQuestion, known: KnownKeys): Asking<string[]> {
  const { items, rule, draw } = question
  const proposals = items.map(({ person, id }) => (id === null ? proposeRoomId(rule, person, draw) : null))
  yield* known.learn(proposals.flatMap(proposal => (proposal === null ? [] : [known.keyOf(proposal.id)])))

  // An ID that somebody in this batch is about to leave is not offered: who asks for any ID needs no swap.
  const given = new Set<string>()
  /** Of each name, the last suffix that was given. */
  const lastGiven = new Map<string, number>()
  const isFreeFor = (person: BatchPerson, id: string): boolean => {
    const key = known.keyOf(id)
    return !given.has(key) && availabilityFor(person, known.state(key), question) === 'free'
  }

  const ids: string[] = []
  for (const [item, { person, id }] of items.entries()) {
    const proposal = proposals[item]
    if (!proposal) ids.push(id!)
    else if (proposal.drawn) ids.push(yield* drawUntilNew(proposal.id, person))
    else ids.push(yield* suffixUntilFree(proposal.id, person))
  }
  return ids

  function* drawUntilNew(first: string, person: BatchPerson): Asking<string> {
    for (let id = first; ; id = proposeRoomId(rule, person, draw).id) {
      const key = known.keyOf(id)
      if (!known.has(key)) yield* known.learn([key])
      if (known.state(key) !== undefined || !isFreeFor(person, id)) continue
      given.add(key)
      return id
    }
  }

  /** The first free one of the first suffixes. Beyond them, one after those that are taken: a name may be very common. */
  function* suffixUntilFree(name: string, person: BatchPerson): Asking<string> {
    const isFree = (index: number) => isFreeFor(person, withSuffix(name, index))
    const learn = (indexes: number[]) => known.learn(indexes.map(index => known.keyOf(withSuffix(name, index))))
    for (let index = 1; index <= firstSuffixes; index += 1) {
      if (index === 2) yield* learn(range(2, firstSuffixes))
      if (isFree(index)) return give(name, index)
    }
    const own = suffixIn(person.currentId, name)
    if (own !== undefined && isFree(own)) return give(name, own)
    const index = yield* findFree(Math.max(firstSuffixes, lastGiven.get(name) ?? 0) + 1, isFree, learn)
    return give(name, index)
  }

  function give(name: string, index: number): string {
    const id = withSuffix(name, index)
    given.add(known.keyOf(id))
    lastGiven.set(name, index)
    return id
  }
}

/** The suffix with which an ID is made of a name; undefined where it is not. */
function suffixIn(id: string | null, name: string): number | undefined {
  const digits = /\d{1,7}$/.exec(id ?? '')?.[0] ?? ''
  const numbers = range(1, digits.length).map(length => Number(digits.slice(-length)))
  return numbers.find(number => roomIdKey(withSuffix(name, number)) === roomIdKey(id!))
}

/** So many suffixes of a name are asked for at once, and gaps between them are found. */
const firstSuffixes = 32

/**
 * A number from `first` on that is free, as if all below it were taken: with a few questions, however many those are.
 * @param learn asks for what `isFree` needs to know of some numbers.
 */
function* findFree(
  first: number,
  isFree: (index: number) => boolean,
  learn: (indexes: number[]) => Asking<void>,
): Asking<number> {
  let taken = first - 1
  for (;;) {
    const probes = range(0, 20).map(power => taken + 2 ** power)
    yield* learn(probes)
    const free = probes.find(isFree)
    taken = free === undefined ? probes.at(-1)! : (probes[probes.indexOf(free) - 1] ?? taken)
    if (free !== undefined) return yield* firstFreeBetween(taken, free)
  }

  function* firstFreeBetween(below: number, free: number): Asking<number> {
    const step = Math.ceil((free - below) / 16)
    const probes = range(1, 15)
      .map(count => below + count * step)
      .filter(index => index < free)
    if (probes.length === 0) return free
    yield* learn(probes)
    const found = probes.find(isFree)
    const last = found === undefined ? probes.at(-1)! : (probes[probes.indexOf(found) - 1] ?? below)
    return yield* firstFreeBetween(last, found ?? free)
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function refreshedRoom(person: BatchPerson, id: string, known: KnownKeys): RefreshedRoom {
  const { person: number, personId, email } = person
  const key = known.keyOf(id)
  const unchanged = person.currentId !== null && known.keyOf(person.currentId) === key
  if (unchanged) return { person: number, personId, email, id: person.currentId!, claim: null }
  const tenure = (known.state(key)?.tenure ?? 0) + 1
  return { person: number, personId, email, id, claim: { number: person.claims + 1, key, tenure } }
}

function availabilityFor(person: BatchPerson, state: KeyState | undefined, { now, quarantineMs }: BatchQuestion) {
  if (state === undefined || state.holder === person.person) return 'free'
  if (state.freedAt === null) return 'live'
  return now < state.freedAt + quarantineMs ? 'reserved' : 'free'
}

/** What has been learnt of the keys so far; each key is asked for once. */
class KnownKeys {
  readonly #states = new Map<string, KeyState | undefined>()
  /** By what IDs are compared. */
  readonly keyOf: (id: string) => string

  constructor(caseMatters: boolean) {
    this.keyOf = caseMatters ? id => id : roomIdKey
  }

  has(key: string): boolean {
    return this.#states.has(key)
  }

  state(key: string): KeyState | undefined {
    return this.#states.get(key)
  }

  *learn(keys: string[]): Asking<void> {
    const unknown = [...new Set(keys)].filter(key => !this.#states.has(key))
    if (unknown.length === 0) return
    const found = yield unknown
    for (const key of unknown) this.#states.set(key, found.get(key))
  }
}
