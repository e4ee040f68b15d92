import { approximately, integer, plural } from '../numbers.ts'

type Cost = { bits: number; guesses: number }
const costs = ({ bits, guesses }: Cost) => `${integer(bits)} bits, about ${approximately(guesses)} guesses`
const digitsOf = (digits: number) => plural(digits, 'digit')

/** What makes an ID guessable. */
export const guessability = {
  guessBoth:
    '{origin} ("{entry}") with "{before}" before it and "{after}" after it: guess {rank} for anyone who knows the directory.',
  guessBefore: '{origin} ("{entry}") with "{before}" before it: guess {rank} for anyone who knows the directory.',
  guessAfter: '{origin} ("{entry}") with "{after}" after it: guess {rank} for anyone who knows the directory.',
  guessPlain: '{origin}: guess {rank} for anyone who knows the directory.',
  guessNearby:
    "Another room's number is only {distance} away: anyone who has that link can count up or down to this one.",
  guessShared: ({ prefix, sharing, digits, ...cost }: { prefix: string; sharing: number; digits: number } & Cost) =>
    `"${prefix}", shared by ${plural(sharing, 'room')}, and ${digitsOf(digits)}: only the number has to be guessed, ${costs(cost)}.`,
  guessNumber: ({ prefix, digits, ...cost }: { prefix: string; digits: number } & Cost) =>
    `"${prefix}" and ${digitsOf(digits)}: only the number has to be guessed, ${costs(cost)}.`,
  guessPrefixed: ({ prefix, characters, ...cost }: { prefix: string; characters: number } & Cost) =>
    `Not derived from the directory: "${prefix}" and ${integer(characters)} random letters and digits, ${costs(cost)}.`,
  guessRandom: ({ characters, ...cost }: { characters: number } & Cost) =>
    `Not derived from the directory: ${integer(characters)} random letters and digits, ${costs(cost)}.`,
  guessDrawn: (cost: Cost) => `Drawn at random by a rotation: ${costs(cost)}.`,
  guessChosen: ({ parts, ...cost }: { parts: string } & Cost) =>
    `Chosen by a person, not derived from the directory: ${parts}; at most ${costs(cost)}.`,
  originEmailPrefix: 'The e-mail prefix',
  originInitial: 'First initial and last name',
  originUsername: 'The username',
  originEmailForm: 'The e-mail prefix in another form',
  originUsernameForm: 'The username in another form',
  originNameForm: 'The names in another form',
  originSpelling: 'The names in another spelling',
  originNickname: 'A nickname',
  originWord: 'A word from the dictionary',
  originShort: 'Three letters and digits at most',
  partWords: 'common words',
  partLetters: ({ count }: { count: number }) => plural(count, 'letter'),
  partDigits: ({ count }: { count: number }) => plural(count, 'digit'),
  partYear: 'a year',
  partDate: 'a date',
} as const
