/**
 * The names that an attacker makes from one person's directory entry, in two lists: the likely forms, tried first and
 * with every addition, and the further ones. What the site's rules make comes from `rooms/id-rule.ts`.
 */
import type { NamedPerson } from '../../rooms/id-rule.ts'
import { maxRoomIdLength, roomIdKey } from '../../rooms/room-id.ts'
import { type DirectoryEntry, ruleForm } from './directory-entry.ts'

/** Where a form comes from. */
export type FormOrigin =
  | 'emailPrefix'
  | 'firstInitialLastName'
  | 'username'
  | 'emailForm'
  | 'usernameForm'
  | 'nameForm'
  | 'spelling'
  | 'nickname'

/** Forms in the attacker's order, each once, in lower case, with where each comes from. */
export type Forms = ReadonlyMap<string, FormOrigin>

const minForm = 2
const lettersInForm = /[a-z]/
const letterOrDigitFirst = /^[A-Za-z0-9]/

/** The first of the likely forms, without making the others; undefined when it is not the e-mail prefix. */
export function firstGuess(person: NamedPerson): string | undefined {
  const form = ruleForm('emailPrefix', person)
  return form !== undefined && isForm(form) ? form : undefined
}

/** At most a dozen: what the site's rules make, and the plainest ways to write the names. */
export function likelyForms(entry: DirectoryEntry): Forms {
  const forms = new Map<string, FormOrigin>()
  add(forms, entry.emailPrefix, 'emailPrefix')
  add(forms, ruleForm('firstInitialLastName', entry.person), 'firstInitialLastName')
  add(forms, entry.username, 'username')
  add(forms, withoutSeparators(entry.emailPrefix), 'emailForm')
  const first = entry.first[0] ?? ''
  const last = entry.last[0] ?? ''
  if (first !== '' && last !== '') {
    add(forms, `${first}.${last}`, 'nameForm')
    add(forms, first + last, 'nameForm')
    for (const spelling of entry.last)
      add(forms, first.charAt(0) + spelling, spelling === last ? 'nameForm' : 'spelling')
  }
  add(forms, first, 'nameForm')
  add(forms, last, 'nameForm')
  return forms
}

/** Every other form, in order, without those that are `likely`. */
export function furtherForms(entry: DirectoryEntry, likely: Forms): Forms {
  const forms = new Map<string, FormOrigin>()
  const addNew = (form: string, origin: FormOrigin) => {
    if (!likely.has(form)) add(forms, form, origin)
  }
  for (const form of addressForms(entry)) addNew(form, 'emailForm')
  for (const form of loginForms(entry)) addNew(form, 'usernameForm')
  for (const first of entry.first) {
    for (const last of entry.last) {
      const origin = first === entry.first[0] && last === entry.last[0] ? 'nameForm' : 'spelling'
      for (const form of fullNameForms(first, last)) addNew(form, origin)
    }
  }
  for (const name of [...entry.first, ...entry.last]) addNew(name, 'spelling')
  for (const nickname of entry.nicknames) {
    addNew(nickname, 'nickname')
    for (const last of entry.last) for (const form of fullNameForms(nickname, last)) addNew(form, 'nickname')
  }
  return forms
}

/**
 * False when no form, likely or further, begins at any of these positions of the ID. Found without making the forms,
 * since most random IDs contain none.
 */
export function mayHoldForm(entry: DirectoryEntry, key: string, starts: readonly number[]): boolean {
  const { first, last, nicknames, emailPrefix, username } = entry
  const mayBegin = (text: string) => beginsAny(text.charAt(0), key, starts)
  if (beginWithLetterOrDigit(entry) && !mayBegin(emailPrefix) && !mayBegin(username)) {
    if (![first, last, nicknames].some(names => names.some(mayBegin))) return false
  }
  const begins = (form: string) => form !== '' && beginsAny(form, key, starts)
  const addresses = [
    emailPrefix,
    username,
    withoutSeparators(emailPrefix),
    ...addressForms(entry),
    ...loginForms(entry),
  ]
  return addresses.some(begins) || holdsName(entry, key)
}

/** If so, every form begins like one of the names or addresses. */
function beginWithLetterOrDigit({ emailPrefix, username, person }: DirectoryEntry): boolean {
  const login = person.username ?? ''
  return [emailPrefix, username, login].every(text => text === '' || letterOrDigitFirst.test(text))
}

function beginsAny(form: string, key: string, starts: readonly number[]): boolean {
  for (const at of starts) if (key.startsWith(form, at)) return true
  return false
}

/** Every way to write a name contains one of the names, except for the bare initials. */
function holdsName({ first, last, nicknames }: DirectoryEntry, key: string): boolean {
  const isIn = (name: string) => key.includes(name)
  const initialsAreIn = (name: string) => last.some(lastName => isIn(name.charAt(0) + lastName.charAt(0)))
  return [first, last, nicknames].some(names => names.some(isIn)) || [...first, ...nicknames].some(initialsAreIn)
}

/** The e-mail prefix with one separator throughout, and without the number that made it unique. */
function addressForms({ emailPrefix }: DirectoryEntry): string[] {
  const parts = emailPrefix.split(/[._-]/)
  return [parts.join('.'), parts.join('_'), parts.join('-'), withoutNumber(emailPrefix)]
}

function loginForms({ person }: DirectoryEntry): string[] {
  if (person.username === null) return []
  const login = roomIdKey(person.username).split('@')[0]!
  return [login, withoutSeparators(login), withoutNumber(login)]
}

/** The ways to write a full name, likeliest first. */
function fullNameForms(first: string, last: string): string[] {
  const initial = first.charAt(0)
  const lastInitial = last.charAt(0)
  return [
    `${first}.${last}`,
    first + last,
    `${first}_${last}`,
    `${first}-${last}`,
    initial + last,
    `${initial}.${last}`,
    `${initial}_${last}`,
    `${initial}-${last}`,
    first + lastInitial,
    `${first}.${lastInitial}`,
    last + first,
    `${last}.${first}`,
    `${last}_${first}`,
    `${last}-${first}`,
    last + initial,
    `${last}.${initial}`,
    initial + lastInitial,
  ]
}

function withoutSeparators(form: string): string {
  return form.replace(/[._-]/g, '')
}

function withoutNumber(form: string): string {
  return form.replace(/\d+$/, '')
}

function add(forms: Map<string, FormOrigin>, form: string | undefined, origin: FormOrigin): void {
  if (form !== undefined && isForm(form) && !forms.has(form)) forms.set(form, origin)
}

/** A form without a letter, or one that is too long, is not an ID; single characters are covered by the short IDs. */
function isForm(form: string): boolean {
  return form.length >= minForm && form.length <= maxRoomIdLength && lettersInForm.test(form)
}
