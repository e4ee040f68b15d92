/**
 * The names that an attacker makes from one person's directory entry, in two lists: the likely forms, tried first and
 * with everything appended, and the further ones. What the site's rules yield comes from `rooms/id-rule.ts`.
 */
import { type GenerationMethod, type NamedPerson, proposeRoomId } from '../rooms/id-rule.ts'
import { longestRoomId, roomIdKey } from '../rooms/room-id.ts'
import { nicknames } from './nicknames.ts'
import { type Spellings, spellNames } from './spellings.ts'

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

const shortestForm = 2

/** The rules of a site that need no chance, likeliest first. */
const nameRules = ['emailPrefix', 'firstInitialLastName', 'username'] as const satisfies GenerationMethod[]

/** At most a dozen: what the site's rules yield, and the plainest ways to write the names. */
export function likelyForms(person: NamedPerson, spellings = spellingsOf(person)): Forms {
  const forms = new Map<string, FormOrigin>()
  for (const method of nameRules) add(forms, ruleForm(method, person), method)
  const first = spellings.first[0] ?? ''
  const last = spellings.last[0] ?? ''
  add(forms, withoutSeparators(emailPrefixOf(person)), 'emailForm')
  if (first !== '' && last !== '') {
    add(forms, `${first}.${last}`, 'nameForm')
    add(forms, first + last, 'nameForm')
    for (const [nth, spelling] of spellings.last.entries()) {
      add(forms, first.charAt(0) + spelling, nth === 0 ? 'nameForm' : 'spelling')
    }
  }
  add(forms, first, 'nameForm')
  add(forms, last, 'nameForm')
  return forms
}

/** Every other form, in order, without those that are `likely`. */
export function furtherForms(person: NamedPerson, likely: Forms, spellings = spellingsOf(person)): Forms {
  const forms = new Map<string, FormOrigin>()
  const addNew = (form: string, origin: FormOrigin) => {
    if (!likely.has(form)) add(forms, form, origin)
  }
  const prefix = emailPrefixOf(person)
  for (const separator of ['.', '_', '-']) addNew(prefix.replace(/[._-]/g, separator), 'emailForm')
  addNew(prefix.replace(/\d+$/, ''), 'emailForm')
  const login = roomIdKey(person.username ?? '').split('@')[0]!
  addNew(login, 'usernameForm')
  addNew(withoutSeparators(login), 'usernameForm')
  addNew(login.replace(/\d+$/, ''), 'usernameForm')

  for (const [nthFirst, first] of spellings.first.entries()) {
    for (const [nthLast, last] of spellings.last.entries()) {
      const origin = nthFirst === 0 && nthLast === 0 ? 'nameForm' : 'spelling'
      for (const form of fullNameForms(first, last)) addNew(form, origin)
    }
  }
  for (const first of spellings.first) addNew(first, 'spelling')
  for (const last of spellings.last) addNew(last, 'spelling')
  for (const first of spellings.first) {
    for (const nickname of nicknames.get(first) ?? []) {
      addNew(nickname, 'nickname')
      for (const last of spellings.last) for (const form of fullNameForms(nickname, last)) addNew(form, 'nickname')
    }
  }
  return forms
}

export function spellingsOf(person: NamedPerson): Spellings {
  return spellNames(person.firstName, person.lastName, emailPrefixOf(person))
}

/** What the site's rule gives this person while the ID is free, in lower case; undefined where the rule draws it. */
export function ruleForm(method: GenerationMethod, person: NamedPerson): string | undefined {
  const proposal = proposeRoomId({ method, prefix: 'pr', length: 0 }, person, () => '')
  return proposal.drawn ? undefined : roomIdKey(proposal.id)
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

function emailPrefixOf(person: NamedPerson): string {
  return ruleForm('emailPrefix', person) ?? ''
}

function withoutSeparators(form: string): string {
  return form.replace(/[._-]/g, '')
}

/** A form of one character, without a letter or too long is no ID, or reached sooner by trying every short one. */
function add(forms: Map<string, FormOrigin>, form: string | undefined, origin: FormOrigin): void {
  if (form === undefined || form.length < shortestForm || form.length > longestRoomId || !/[a-z]/.test(form)) return
  if (!forms.has(form)) forms.set(form, origin)
}
