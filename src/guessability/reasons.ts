/** The reason for a room's guessability, in words for an administrator. */

import type { SentenceCode } from '../messages/messages.ts'
import { say } from '../messages/say.ts'
import type { Reached } from './attacker/schedule.ts'
import { approximately, integer } from './render/numbers.ts'
import type { ChosenPart, Shape } from './shape/shape.ts'

/** The evidence for the cost of an ID: which attacker is the cheapest, and how. */
export type Evidence =
  | { by: 'directory'; reached: Reached }
  | { by: 'neighbour'; distance: number }
  | { by: 'shape'; shape: Shape }

const origins = {
  emailPrefix: 'originEmailPrefix',
  firstInitialLastName: 'originInitial',
  username: 'originUsername',
  emailForm: 'originEmailForm',
  usernameForm: 'originUsernameForm',
  nameForm: 'originNameForm',
  spelling: 'originSpelling',
  nickname: 'originNickname',
  word: 'originWord',
  short: 'originShort',
} as const satisfies Record<Reached['origin'], SentenceCode>

/** One sentence. */
export function explain(evidence: Evidence): string {
  switch (evidence.by) {
    case 'directory':
      return explainReached(evidence.reached)
    case 'neighbour':
      return say('guessNearby', { distance: integer(evidence.distance) })
    case 'shape':
      return explainShape(evidence.shape)
  }
}

function explainReached({ rank: guess, origin: from, entry, addition, before, after }: Reached): string {
  const origin = say(origins[from])
  const rank = integer(guess)
  if (addition === 'plain') return say('guessPlain', { origin, rank })
  if (before && after) return say('guessBoth', { origin, entry, before, after, rank })
  return before
    ? say('guessBefore', { origin, entry, before, rank })
    : say('guessAfter', { origin, entry, after, rank })
}

function explainShape(shape: Shape): string {
  const cost = { bits: Math.round(shape.bits), guesses: approximately(2 ** (shape.bits - 1)) }
  if (shape.kind === 'number') {
    const { prefix, sharing } = shape
    const digits = count(shape.digits, 'digit')
    return sharing > 1
      ? say('guessShared', { prefix, sharing: integer(sharing), digits, ...cost })
      : say('guessNumber', { prefix, digits, ...cost })
  }
  if (shape.kind === 'random') {
    const { prefix, characters } = shape
    return prefix === ''
      ? say('guessRandom', { characters, ...cost })
      : say('guessPrefixed', { prefix, characters, ...cost })
  }
  return say('guessChosen', { parts: shape.parts.map(describePart).join(', '), ...cost })
}

function describePart({ kind, text }: ChosenPart): string {
  switch (kind) {
    case 'words':
      return 'common words'
    case 'letters':
      return count(text.length, 'letter')
    case 'digits':
      return count(text.length, 'digit')
    case 'separator':
      return `"${text}"`
    default:
      return `a ${kind}`
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
