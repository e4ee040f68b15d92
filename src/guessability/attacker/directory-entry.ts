/** What an attacker reads in the directory about one person. */
import { type GenerationMethod, type NamedPerson, proposeRoomId } from '../../rooms/id-rule.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { nicknames } from './nicknames.ts'
import { namesInEmail, type Spellings, spellFirstName, spellLastName } from './spellings.ts'

export interface DirectoryEntry {
  person: NamedPerson
  /** What the rule "e-mail prefix" yields, in lower case; empty when it yields nothing. */
  emailPrefix: string
  /** What the rule "username" yields, likewise. */
  username: string
  first: Spellings
  last: Spellings
  /** Short forms of the first name in any of its spellings. */
  nicknames: readonly string[]
}

export function readEntry(person: NamedPerson): DirectoryEntry {
  const emailPrefix = ruleForm('emailPrefix', person) ?? ''
  const inEmail = namesInEmail(emailPrefix)
  const first = spellFirstName(person.firstName, inEmail)
  const last = spellLastName(person.lastName, inEmail.toReversed())
  const username = ruleForm('username', person) ?? ''
  return { person, emailPrefix, username, first, last, nicknames: first.flatMap(name => nicknames.get(name) ?? []) }
}

/** What the site's rule gives this person while the ID is free, in lower case; undefined where the rule draws it. */
export function ruleForm(method: GenerationMethod, person: NamedPerson): string | undefined {
  const proposal = proposeRoomId({ method, prefix: 'pr', length: 0 }, person, () => '')
  return proposal.drawn ? undefined : roomIdKey(proposal.id)
}
