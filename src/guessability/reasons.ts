/** The reason for a room's guessability, for an administrator. */

import { type Message, type MessageCode, type MessageOrText, message } from '../messages/message.ts'
import type { Reached } from './attacker/schedule.ts'
import type { ChosenPart, Shape } from './shape/shape.ts'

/** The evidence for the cost of an ID: which attacker is the cheapest, and how. */
export type Evidence =
  | { by: 'directory'; reached: Reached }
  | { by: 'neighbour'; distance: number }
  | { by: 'shape'; shape: Shape }
  | { by: 'draw'; bits: number }

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
} as const satisfies Record<Reached['origin'], MessageCode>

export function explain(evidence: Evidence): Message {
  switch (evidence.by) {
    case 'directory':
      return explainReached(evidence.reached)
    case 'neighbour':
      return message('guessNearby', { distance: evidence.distance })
    case 'draw':
      return message('guessDrawn', { bits: Math.round(evidence.bits), guesses: 2 ** (evidence.bits - 1) })
    case 'shape':
      return explainShape(evidence.shape)
  }
}

function explainReached({ rank, origin: from, entry, addition, before, after }: Reached): Message {
  const origin = message(origins[from])
  if (addition === 'plain') return message('guessPlain', { origin, rank })
  if (before && after) return message('guessBoth', { origin, entry, before, after, rank })
  return before
    ? message('guessBefore', { origin, entry, before, rank })
    : message('guessAfter', { origin, entry, after, rank })
}

function explainShape(shape: Shape): Message {
  const cost = { bits: Math.round(shape.bits), guesses: 2 ** (shape.bits - 1) }
  if (shape.kind === 'number') {
    const { prefix, sharing, digits } = shape
    return sharing > 1
      ? message('guessShared', { prefix, sharing, digits, ...cost })
      : message('guessNumber', { prefix, digits, ...cost })
  }
  if (shape.kind === 'random') {
    const { prefix, characters } = shape
    return prefix === ''
      ? message('guessRandom', { characters, ...cost })
      : message('guessPrefixed', { prefix, characters, ...cost })
  }
  return message('guessChosen', { parts: shape.parts.map(describePart), ...cost })
}

function describePart({ kind, text }: ChosenPart): MessageOrText {
  switch (kind) {
    case 'words':
      return message('partWords')
    case 'letters':
      return message('partLetters', { count: text.length })
    case 'digits':
      return message('partDigits', { count: text.length })
    case 'year':
      return message('partYear')
    case 'date':
      return message('partDate')
    case 'separator':
      return `"${text}"`
  }
}
