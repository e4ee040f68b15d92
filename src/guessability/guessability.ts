/**
 * How guessable one room's ID is. It is tested against three attackers, and the cheapest of them counts: the one who
 * knows the directory has a rank for it, the one who holds a colleague's link walks through nearby numbers, and the one
 * who knows only how IDs look must try the whole shape. docs/guessability.md has the model and its assumptions.
 */
import type { Message } from '../messages/message.ts'
import type { NamedPerson } from '../rooms/id-rule.ts'
import { roomIdKey } from '../rooms/room-id.ts'
import type { GuessClass } from '../wire/audit.ts'
import type { NumberNeighbours } from './attacker/known-numbers.ts'
import { type Reached, reach } from './attacker/schedule.ts'
import { type Evidence, explain } from './reasons.ts'
import { type Shape, shapeOf } from './shape/shape.ts'

/** What an ID costs an attacker. */
export interface GuessCost {
  class: GuessClass
  /**
   * The number of the guess, from 1, by which an attacker who knows the directory finds it; null when that order does
   * not contain it.
   */
  rank: number | null
  /** The logarithm to base 2 of the guesses that are certain to find it, by the cheapest attacker. */
  bits: number
  /** The bits for an attacker who knows only how such IDs look. */
  shapeBits: number
  /** The guesses expected: the rank, twice the distance of a near number, or half the IDs of the shape. */
  guesses: number
}

export interface Guessability extends GuessCost {
  reason: Message
}

/** A cost, and the evidence for it. */
export interface Weighed {
  cost: GuessCost
  evidence: Evidence
}

/** Whose room it is, and which rotation gave it its ID, where one did. */
export interface RoomHolder extends NamedPerson {
  rotationId?: string | null
}

/** What is known of the site that the room is on. */
export interface GuessContext {
  /** The prefix of numbers and random IDs on this site. */
  prefix: string
  /** How many random characters follow it. */
  length: number
  /** The bits of chance in the IDs that a rotation drew, by its number; of others, only how an ID looks is known. */
  drawn?: ReadonlyMap<string, number>
  /** How the ID's number relates to the site's others; absent when the other rooms are not known. */
  neighboursOf?: (key: string) => NumberNeighbours
}

export const webexContext: GuessContext = { prefix: 'pr', length: 12 }

/** A number is near when the walk to it is no longer than this. */
const maxWalk = 1_000_000

/** Judges the ID of a room, whatever its case. */
export function guessability(person: RoomHolder, roomId: string, context: GuessContext = webexContext): Guessability {
  const { cost, evidence } = weigh(person, roomIdKey(roomId), context)
  return { ...cost, reason: explain(evidence) }
}

/** The cost and the evidence for it, without words; `key` is the ID in lower case. */
export function weigh(person: RoomHolder, key: string, context: GuessContext): Weighed {
  const drawnBits = context.drawn?.get(person.rotationId ?? '')
  const { sharing, nearest } = context.neighboursOf?.(key) ?? { sharing: 0, nearest: undefined }
  const shape = shapeOf(key, { prefix: roomIdKey(context.prefix), length: context.length, sharing })
  const shapeBits = shape.bits
  const reached = reach(person, key)
  const rank = reached?.rank ?? null
  if (drawnBits !== undefined && (rank === null || rank > 2 ** drawnBits)) return weighDrawn(drawnBits)
  const walk = nearest === undefined || isName(reached) ? Number.POSITIVE_INFINITY : 2 * Math.max(nearest, 1)

  if (walk <= maxWalk && walk < (rank ?? 2 ** (shapeBits - 1))) {
    const evidence: Evidence = { by: 'neighbour', distance: walk / 2 }
    return { cost: { class: 'nearbyNumber', rank, bits: Math.log2(walk), shapeBits, guesses: walk }, evidence }
  }
  if (reached !== undefined) {
    const evidence: Evidence = { by: 'directory', reached }
    const bits = Math.log2(reached.rank)
    return { cost: { class: classOf(reached), rank, bits, shapeBits, guesses: reached.rank }, evidence }
  }
  const evidence: Evidence = { by: 'shape', shape }
  const guesses = Math.max(1, 2 ** (shapeBits - 1))
  return { cost: { class: classOfShape(shape), rank, bits: shapeBits, shapeBits, guesses }, evidence }
}

/** An ID that Roomkey drew is as strong as the draw, whatever it happens to look like. */
function weighDrawn(bits: number): Weighed {
  const cost: GuessCost = { class: 'random', rank: null, bits, shapeBits: bits, guesses: Math.max(1, 2 ** (bits - 1)) }
  return { cost, evidence: { by: 'draw', bits } }
}

/** True when the cost is a number of guesses that is certain to suffice, not an expectation over the whole shape. */
export function isCertain({ class: name, rank }: GuessCost): boolean {
  return rank !== null || name === 'nearbyNumber'
}

/** True for an ID made of the person's own names, which no nearby number makes easier to find. */
function isName(reached: Reached | undefined): boolean {
  return reached !== undefined && reached.origin !== 'word' && reached.origin !== 'short'
}

function classOf({ origin, addition, after }: Reached): GuessClass {
  if (origin === 'word' || origin === 'short') return origin
  if (addition === 'date') return 'date'
  if (addition === 'plain') return origin === 'emailForm' || origin === 'usernameForm' ? 'nameForm' : origin
  return addition === 'number' || /^\d+$/.test(after) ? 'nameAndNumber' : 'nameAndWord'
}

function classOfShape({ kind }: Shape): GuessClass {
  return kind === 'words' ? 'word' : kind
}
