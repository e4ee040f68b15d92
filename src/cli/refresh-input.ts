/** What `roomkey refresh` is given: the operation's own JSON, or a table with one person per row. */
import { isUtf8 } from 'node:buffer'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { openSource, type TableSource } from '../directory/files/bytes/table-source.ts'
import { describeTable, type TableDescription } from '../directory/files/describe-table.ts'
import { type ListedPerson, listUses, readListedPeople, tidiedNote } from '../directory/files/listed-people.ts'
import { openTable } from '../directory/files/read-table.ts'
import { UserError } from '../errors.ts'
import { render } from '../messages/render.ts'
import { type RequestedItem, readBatchShape } from '../rooms/batch-shape.ts'
import { cleanEmail, emailKey } from '../rooms/email-address.ts'
import { roomIdFault, roomIdKey } from '../rooms/room-id.ts'
import { RefreshItem } from '../wire/refresh-room-ids.ts'

export interface RefreshInput {
  siteUrl: string
  items: RequestedItem[]
  /** How messages call an item, e.g. `line 3`; counted from 0. */
  place(item: number): string
  /** Of a table: which columns were taken, and sentences about what was passed over or tidied. */
  table?: TableDescription & { notes: string[] }
}

const requestedItems = Compile(Type.Array(RefreshItem))

export interface InputOptions {
  site?: string | undefined
  encoding?: string | undefined
}

/** @throws UserError that names the row at fault. */
export async function readRefreshInput(path: string, options: InputOptions): Promise<RefreshInput> {
  const source = await openSource(path)
  try {
    const input = (await beginsJson(source)) ? await readJson(source, options.site) : await readList(source, options)
    if (input.items.length === 0) throw new UserError('There is nobody in the input; give at least one person.')
    refuseFaults(input)
    return input
  } finally {
    await source.close()
  }
}

async function beginsJson(source: TableSource): Promise<boolean> {
  for await (const start of source.bytes())
    return /^\s*[{[]/.test(start.toString('utf8', 0, 4096).replace(/^\ufeff/, ''))
  return false
}

async function readJson(source: TableSource, site: string | undefined): Promise<RefreshInput> {
  const chunks: Buffer[] = []
  for await (const chunk of source.bytes()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (!isUtf8(bytes)) throw new UserError(`${source.name} is not UTF-8, as JSON has to be; save it as UTF-8.`)
  return parseJson(bytes.toString().replace(/^\ufeff/, ''), site)
}

function parseJson(text: string, site: string | undefined): RefreshInput {
  let body: { siteUrl?: unknown; personalMeetingRoomIds?: unknown }
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new UserError(`The input is not well-formed JSON: ${(error as Error).message}; fix it and try again.`)
  }
  const siteUrl = site ?? body.siteUrl
  if (typeof siteUrl !== 'string' || siteUrl === '')
    throw new UserError('The input has no siteUrl; add it, or use --site.')
  if (!Array.isArray(body.personalMeetingRoomIds)) {
    throw new UserError(
      'The input has no list personalMeetingRoomIds; see docs/batch-refresh.md for the body of this operation.',
    )
  }
  const items: unknown[] = body.personalMeetingRoomIds
  const cleaned = items.map(withCleanEmail)
  if (requestedItems.Check(cleaned)) return { siteUrl, items: cleaned, place: item => `Item ${item + 1}` }
  const place = [...requestedItems.Errors(cleaned)][0]?.instancePath ?? ''
  const fields = Object.keys(RefreshItem.properties).join(', ')
  throw new UserError(`personalMeetingRoomIds${place} is not valid; an item holds ${fields} and nothing else.`)
}

function withCleanEmail(item: unknown): unknown {
  const { email } = (item ?? {}) as { email?: unknown }
  return typeof email === 'string' ? { ...(item as object), email: cleanEmail(email) } : item
}

async function readList(source: TableSource, { site, encoding }: InputOptions): Promise<RefreshInput> {
  const table = await openTable(source, { encoding })
  if (site === undefined) {
    throw new UserError('A CSV does not say which site; give it with --site, e.g. --site example.webex.com.')
  }
  const people: ListedPerson[] = []
  const { elsewhere, tidied } = await readListedPeople(table, site.toLowerCase(), person => people.push(person))
  const asked = people.filter(({ hasNoRoom }) => !hasNoRoom)
  const notes = [
    ...noteOf(people.length - asked.length, 'for people without a room to change (attendees, or left out of a plan)'),
    ...noteOf(elsewhere, 'about other sites'),
    ...(tidied.length > 0 ? [tidiedNote(tidied)] : []),
  ]
  return {
    siteUrl: site,
    items: itemsOf(table.name, asked),
    place: item => `${table.name}, line ${asked[item]!.line}`,
    table: { ...describeTable(table, listUses), notes },
  }
}

function noteOf(rows: number, about: string): string[] {
  return rows === 0 ? [] : [`${rows} ${rows === 1 ? 'row' : 'rows'} ${about}: passed over.`]
}

/** All by e-mail or all by person ID, and all with an ID or none: the operation takes no mixture. */
function itemsOf(name: string, people: ListedPerson[]): RequestedItem[] {
  const withoutEmail = people.find(({ email }) => email === null)
  const withoutPersonId = people.find(({ personId }) => personId === null)
  if (withoutEmail !== undefined && withoutPersonId !== undefined) {
    throw new UserError(
      `${name} has no e-mail address on line ${withoutEmail.line} and no person ID on line ${withoutPersonId.line}; give everybody's of one of them.`,
    )
  }
  const withId = people.find(({ roomId }) => roomId !== null)
  const withoutId = people.find(({ roomId }) => roomId === null)
  if (withId !== undefined && withoutId !== undefined) {
    throw new UserError(
      `${name} has an ID on line ${withId.line} and none on line ${withoutId.line}; give everybody an ID, or nobody, to have the site's rule make them.`,
    )
  }
  return people.map(({ email, personId, roomId }) => ({
    ...(withoutEmail === undefined ? { email: email! } : { personId: personId! }),
    ...(roomId === null ? { systemGenerated: true as const } : { personalMeetingRoomId: roomId }),
  }))
}

function refuseFaults({ items, place }: RefreshInput): void {
  const shape = readBatchShape(items)
  if ('refusals' in shape) {
    const { item } = shape.refusals[0]!
    throw new UserError(
      `${place(item)} does not fit: give everybody's email or everybody's personId, and everybody a personalMeetingRoomId or nobody.`,
    )
  }
  const people = new Set<string>()
  const ids = new Set<string>()
  for (const [item, { address, id }] of shape.items.entries()) {
    const key = emailKey(address)
    if (people.has(key)) throw new UserError(`${place(item)} repeats ${address}; name each person once.`)
    people.add(key)
    if (id === null) continue
    const fault = roomIdFault(id)
    if (fault !== undefined) throw new UserError(`${place(item)}, ${address}: ${render(fault)} Give another ID.`)
    if (ids.has(roomIdKey(id)))
      throw new UserError(`${place(item)} repeats the ID ${id}; give each person another one.`)
    ids.add(roomIdKey(id))
  }
}
