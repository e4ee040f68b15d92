/**
 * The attacker of docs/guessability.md, simulated: it tries one guess after the other, as the tables there list them. Written
 * from those tables alone, without the audit's arithmetic, so that the two check each other.
 */
import { givenNames } from '#roomkey/guessability/attacker/given-names.js'
import { nicknames } from '#roomkey/guessability/attacker/nicknames.js'
import { commonWords } from '#roomkey/guessability/attacker/words.js'
import { type GenerationMethod, type NamedPerson, proposeRoomId } from '#roomkey/rooms/id-rule.js'
import { asciiName } from '#roomkey/rooms/latin.js'

type Directory = Pick<NamedPerson, 'email' | 'firstName' | 'lastName' | 'username'>

const separators = ['', '.', '-', '_']
const digits = [...'0123456789']
const twoDigits = digits.flatMap(a => digits.map(b => a + b))
const threeDigits = digits.flatMap(a => twoDigits.map(b => a + b))
const fourDigits = digits.flatMap(a => threeDigits.map(b => a + b))
const years = Array.from({ length: 90 }, (_, index) => String(1940 + index))
const smallNumbers = [...digits, ...twoDigits, ...years]
const whenTaken = ['2', '3', '4', '5', '6', '7', '8', '9', '1', '01']
const wordsAfter = [
  'room',
  'meet',
  'meeting',
  'webex',
  'pmr',
  'vc',
  'office',
  'online',
  'call',
  'video',
  'conf',
  'work',
]
const wordsBefore = ['pr', 'meet', 'room', 'webex', 'the', 'mr', 'ms', 'dr', 'call', 'team', 'join', 'my']
const endings = ['sroom', 'smeeting', 'soffice', 'splace', 'x', 'xx', '123', '1234', '12345', '007', '100', '101']
const dictionary = [...new Set([...commonWords, ...givenNames])]
const dates = allDates()
const alphabet = [...'0123456789abcdefghijklmnopqrstuvwxyz']

/** Every guess for one person, in order, in lower case; duplicates are possible. */
export function* guesses(person: Directory): Generator<string, void> {
  const likely = likelyForms(person)
  const further = furtherForms(person).filter(form => !likely.includes(form))
  yield* likely
  yield* each(likely, form => whenTaken.map(number => form + number))
  yield* further
  yield* each(likely, withMeetingWords)
  yield* dictionary
  yield* each(further, form => whenTaken.map(number => form + number))
  yield* each(likely, form => smallNumbers.map(number => form + number))
  yield* each(further, withMeetingWords)
  yield* each(likely, withSeparatedNumbers)
  yield* each(dictionary, word => whenTaken.map(number => word + number))
  const letters = alphabet.slice(10)
  yield* letters
  yield* each(letters, first => alphabet.map(second => first + second))
  yield* each(letters, first => alphabet.flatMap(second => alphabet.map(third => first + second + third)))
  yield* each(further, form => smallNumbers.map(number => form + number))
  yield* each(likely, form => [...threeDigits, ...fourDigits].map(number => form + number))
  yield* each(further, withSeparatedNumbers)
  yield* each(dictionary, word => smallNumbers.map(number => word + number))
  yield* each(further, form => [...threeDigits, ...fourDigits].map(number => form + number))
  yield* each(likely, form => dates.map(date => form + date))
}

function* each(entries: readonly string[], make: (entry: string) => string[]): Generator<string, void> {
  for (const entry of entries) yield* make(entry)
}

function withMeetingWords(form: string): string[] {
  const after = wordsAfter.flatMap(word => separators.map(separator => form + separator + word))
  const before = wordsBefore.flatMap(word => separators.map(separator => word + separator + form))
  return [...after, ...before, ...endings.map(ending => form + ending)]
}

function withSeparatedNumbers(form: string): string[] {
  return separators.slice(1).flatMap(separator => smallNumbers.map(number => form + separator + number))
}

function allDates(): string[] {
  const days: Date[] = []
  for (let day = new Date('1940-01-01'); day.getUTCFullYear() < 2030; day = new Date(day.getTime() + 86_400_000))
    days.push(day)
  const write = (order: 'dmy' | 'mdy' | 'ymd', yearDigits: number) =>
    days.map(day => {
      const [y = '', m = '', d = ''] = day.toISOString().slice(0, 10).split('-')
      return [...order].map(part => ({ d, m, y: y.slice(4 - yearDigits) })[part]).join('')
    })
  const orders = ['dmy', 'mdy', 'ymd'] as const
  return [4, 2].flatMap(yearDigits => orders.flatMap(order => write(order, yearDigits)))
}

function likelyForms(person: Directory): string[] {
  const { firsts, lasts } = spellings(person)
  const [first, last] = [firsts[0], lasts[0]]
  const prefix = rule('emailPrefix', person)
  const forms = [prefix, rule('firstInitialLastName', person), rule('username', person), joined(prefix)]
  if (first && last) forms.push(`${first}.${last}`, first + last, ...lasts.map(name => first[0] + name))
  return tidy([...forms, first, last])
}

function furtherForms(person: Directory): string[] {
  const { firsts, lasts } = spellings(person)
  const prefix = rule('emailPrefix', person) ?? ''
  const login = person.username?.toLowerCase().split('@')[0] ?? ''
  const forms: (string | undefined)[] = ['.', '_', '-'].map(separator => prefix.replace(/[._-]/g, separator))
  forms.push(prefix.replace(/\d+$/, ''), login, joined(login), login.replace(/\d+$/, ''))
  for (const first of firsts) for (const last of lasts) forms.push(...fullNames(first, last))
  forms.push(...firsts, ...lasts)
  for (const nickname of firsts.flatMap(first => nicknames.get(first) ?? [])) {
    forms.push(nickname, ...lasts.flatMap(last => fullNames(nickname, last)))
  }
  return tidy(forms)
}

function fullNames(first: string, last: string): string[] {
  const [f, l] = [first[0]!, last[0]!]
  const firstLast = ['.', '', '_', '-'].map(separator => first + separator + last)
  const initialLast = ['', '.', '_', '-'].map(separator => f + separator + last)
  const lastFirst = ['', '.', '_', '-'].map(separator => last + separator + first)
  return [...firstLast, ...initialLast, first + l, `${first}.${l}`, ...lastFirst, last + f, `${last}.${f}`, f + l]
}

function spellings({ email, firstName, lastName, username }: Directory): { firsts: string[]; lasts: string[] } {
  const prefix = rule('emailPrefix', { email, firstName, lastName, username }) ?? ''
  const parts = prefix.split(/[._-]/).map(part => part.replace(/\d/g, ''))
  const named = parts.filter(part => part !== '')
  const [inFirst, inLast] = named.length > 1 ? [named[0], named[named.length - 1]] : []
  const firstWords = words(firstName)
  const lastWords = words(lastName)
  const firsts = [asciiName(firstName), asciiName(withDigraphs(firstName)), inFirst, longEnough(firstWords[0])]
  const lasts = [asciiName(lastName), asciiName(withDigraphs(lastName)), inLast]
  lasts.push(longEnough(lastWords[lastWords.length - 1]), longEnough(lastWords[0]))
  return {
    firsts: unique(asciiName(firstName) === undefined ? [inFirst, inLast] : firsts),
    lasts: unique(asciiName(lastName) === undefined ? [inLast, inFirst] : lasts),
  }
}

function words(name: string): string[] {
  return name.split(/[\s-]+/)
}

function longEnough(word: string | undefined): string | undefined {
  const plain = asciiName(word ?? '')
  return plain !== undefined && plain.length > 2 ? plain : undefined
}

function withDigraphs(name: string): string {
  const pairs = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
  return Object.entries(pairs).reduce(
    (text, [letter, pair]) => text.replaceAll(letter, pair),
    name.normalize('NFC').toLowerCase(),
  )
}

function rule(method: GenerationMethod, person: Directory): string | undefined {
  const proposal = proposeRoomId({ method, prefix: 'pr', length: 12 }, person, () => 'x')
  return proposal.drawn ? undefined : proposal.id.toLowerCase()
}

function joined(form: string | undefined): string | undefined {
  return form?.split(/[._-]/).join('')
}

function tidy(forms: (string | undefined)[]): string[] {
  return unique(forms).filter(form => form.length > 1 && form.length <= 64 && /[a-z]/.test(form))
}

function unique(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter(value => value !== undefined && value !== ''))] as string[]
}
