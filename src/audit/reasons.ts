/** The reason for a room's guessability, in words for an administrator. */
import { approximately, integer } from './numbers.ts'
import type { Reached } from './schedule.ts'
import type { Shape } from './shape.ts'

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

export function explainReached({ rank, origin, entry, addition, before, after }: Reached): string {
  const around = [before && `"${before}" before`, after && `"${after}" after`].filter(Boolean).join(' and ')
  const made = addition === 'plain' ? origins[origin] : `${origins[origin]} ("${entry}") with ${around}`
  return `${made}: guess ${integer(rank)} for whoever knows the directory.`
}

/** `distance` is the difference of the two numbers. */
export function explainNearby(distance: number): string {
  return `Another room's number is only ${integer(distance)} away: whoever has that link counts up or down to this one.`
}

export function explainShape({ kind, bits, looks }: Shape): string {
  const cost = `${Math.round(bits)} bits, about ${approximately(2 ** (bits - 1))} guesses`
  if (kind === 'random') return `Nothing in the directory yields it: ${looks}, ${cost}.`
  if (kind === 'number') return `Only the number has to be found: ${looks}, ${cost}.`
  return `Not made from the directory, but chosen by a person: ${looks}; at most ${cost}.`
}
