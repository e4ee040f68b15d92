/** The reason for a room's guessability, in words for an administrator. */
import { approximately, integer } from './numbers.ts'
import type { Reached } from './schedule.ts'
import type { ChosenPart, Shape } from './shape.ts'

/** What speaks for the cost of an ID: the attacker who has it cheapest, and how. */
export type Evidence =
  | { by: 'directory'; reached: Reached }
  | { by: 'neighbour'; distance: number }
  | { by: 'shape'; shape: Shape }

const origins: Record<Reached['origin'], string> = {
  emailPrefix: 'The e-mail prefix',
  firstInitialLastName: 'First initial and last name',
  username: 'The username',
  emailForm: 'The e-mail prefix in another form',
  usernameForm: 'The username in another form',
  nameForm: 'The names in another form',
  spelling: 'The names in another spelling',
  nickname: 'A nickname',
  word: 'A word of the dictionary',
  short: 'No more than three letters and digits',
}

/** One sentence. */
export function explain(evidence: Evidence): string {
  switch (evidence.by) {
    case 'directory':
      return explainReached(evidence.reached)
    case 'neighbour':
      return `Another room's number is only ${integer(evidence.distance)} away: whoever has that link counts up or down to this one.`
    case 'shape':
      return explainShape(evidence.shape)
  }
}

function explainReached({ rank, origin, entry, addition, before, after }: Reached): string {
  const around = [before && `"${before}" before`, after && `"${after}" after`].filter(Boolean).join(' and ')
  const made = addition === 'plain' ? origins[origin] : `${origins[origin]} ("${entry}") with ${around}`
  return `${made}: guess ${integer(rank)} for whoever knows the directory.`
}

function explainShape(shape: Shape): string {
  const cost = `${Math.round(shape.bits)} bits, about ${approximately(2 ** (shape.bits - 1))} guesses`
  if (shape.kind === 'number') {
    const shared = shape.sharing > 1 ? ` shared by ${integer(shape.sharing)} rooms` : ''
    return `"${shape.prefix}"${shared} and ${count(shape.digits, 'digit')}, so that only the number has to be found: ${cost}.`
  }
  if (shape.kind === 'random') {
    const prefix = shape.prefix === '' ? '' : `"${shape.prefix}" and `
    return `Nothing in the directory yields it: ${prefix}${shape.characters} random letters and digits, ${cost}.`
  }
  return `Chosen by a person, not made from the directory: ${shape.parts.map(describePart).join(', ')}; at most ${cost}.`
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
