/** What an attacker can read in the directory about one person. */
import { type GenerationMethod, type NamedPerson, proposeRoomId } from '../../rooms/id-rule.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { nicknames } from './nicknames.ts'
import { namesInEmail, type Spellings, spellFirstName, spellLastName } from './spellings.ts'

export interface DirectoryEntry {
  person: NamedPerson
  /** The ID by the rule "e-mail prefix", in lower case; empty when the rule makes none. */
  emailPrefix: string
  /** The ID by the rule "username", likewise. */
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

/**
 * The ID that the site's rule gives this person while it is free, in lower case; undefined where the rule makes random
 * IDs.
 */
export function ruleForm(method: GenerationMethod, person: NamedPerson): string | undefined {
  const proposal = proposeRoomId({ method, prefix: 'pr', length: 0 }, person, () => '')
  return proposal.drawn ? undefined : roomIdKey(proposal.id)
}
