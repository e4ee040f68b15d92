/** Recognises the columns of a directory export: Control Hub, Entra, Okta, Google, and Roomkey's own. */
import { UserError } from '../../errors.ts'

/** Column names are compared by their letters and digits alone, ignoring case. */
const namesOf = {
  email: ['email', 'emailaddress', 'mail', 'useridemail', 'useremail', 'primaryemail', 'workemail'],
  username: ['username', 'userprincipalname', 'login', 'loginname', 'samaccountname', 'webexid'],
  firstName: ['firstname', 'givenname'],
  lastName: ['lastname', 'surname', 'familyname'],
  displayName: ['displayname', 'fullname', 'name'],
  department: ['department'],
  personId: ['personid'],
  host: ['host', 'ishost'],
  role: ['role', 'siterole'],
  suspended: ['suspended'],
  enabled: ['accountenabled', 'active'],
  status: ['status', 'userstatus'],
  pinned: ['pinned'],
  roomId: ['personalmeetingroomid', 'personalroomid', 'roomid'],
  roomLink: ['personalmeetingroomlink', 'personalmeetingroomurl', 'personalroomlink', 'personalroomurl'],
} as const

export type Column = keyof typeof namesOf

const columnOf = new Map(
  Object.entries(namesOf).flatMap(([column, names]) => names.map(name => [name as string, column as Column])),
)

/** The index of each recognised column, from 0. */
export type Columns = ReadonlyMap<Column, number>

/** @throws UserError when there is no e-mail column, or when two columns mean the same. */
export function recogniseColumns(header: string[]): Columns {
  const columns = new Map<Column, number>()
  for (const [at, name] of header.entries()) {
    const column = recognise(name)
    if (column === undefined) continue
    const other = columns.get(column)
    if (other !== undefined) {
      throw new UserError(`The columns "${header[other]}" and "${name}" mean the same; remove one of them.`)
    }
    columns.set(column, at)
  }
  if (!columns.has('email') && !columns.has('username')) {
    throw new UserError('There is no column with e-mail addresses; name one "email" in the first line.')
  }
  return columns
}

/**
 * For example `User ID/Email (Required)`, `First Name [Required]`, `Name [displayName] Required` and `user.firstName`.
 */
function recognise(name: string): Column | undefined {
  const inBrackets = /\[([^\]]+)\]/.exec(name)?.[1]
  const plain = name.replace(/\([^)]*\)|\[[^\]]*\]/g, '').replace(/^(user|profile)\./i, '')
  return (inBrackets && columnOf.get(letters(inBrackets))) || columnOf.get(letters(plain))
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
