/** Reads the input of `roomkey refresh`: the operation's own JSON, or a CSV with one person per row. */
import { parse } from 'csv-parse/sync'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { UserError } from '../errors.ts'
import { render } from '../messages/render.ts'
import { type RequestedItem, readBatchShape } from '../rooms/batch-shape.ts'
import { roomIdFault, roomIdKey } from '../rooms/room-id.ts'
import { RefreshItem } from '../wire/refresh-room-ids.ts'

export interface RefreshInput {
  siteUrl: string
  items: RequestedItem[]
}

const requestedItems = Compile(Type.Array(RefreshItem))

const columns = ['email', 'personId', 'personalMeetingRoomId'] as const

/** @throws UserError that names the row at fault. */
export function readRefreshInput(text: string, site: string | undefined): RefreshInput {
  const input = /^\s*[{[]/.test(text) ? readJson(text, site) : readCsv(text, site)
  if (input.items.length === 0) throw new UserError('There is nobody in the input; give at least one person.')
  refuseFaults(input.items)
  return input
}

function readJson(text: string, site: string | undefined): RefreshInput {
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
  const items: unknown = body.personalMeetingRoomIds
  if (requestedItems.Check(items)) return { siteUrl, items: items as RequestedItem[] }
  const place = [...requestedItems.Errors(items)][0]?.instancePath ?? ''
  const fields = Object.keys(RefreshItem.properties).join(', ')
  throw new UserError(`personalMeetingRoomIds${place} is not valid; an item holds ${fields} and nothing else.`)
}

function readCsv(text: string, site: string | undefined): RefreshInput {
  if (site === undefined)
    throw new UserError('A CSV does not name the site; give it with --site, e.g. --site example.webex.com.')
  let rows: Record<string, string>[]
  try {
    rows = parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw new UserError(`The input is not well-formed CSV: ${(error as Error).message}; fix it and try again.`)
  }
  const unknown = Object.keys(rows[0] ?? {}).filter(name => !(columns as readonly string[]).includes(name))
  if (unknown.length > 0) throw new UserError(`Unknown column "${unknown[0]}"; the columns are ${columns.join(', ')}.`)
  return { siteUrl: site, items: rows.map(itemOfRow) }
}

/** A row without an ID asks the site's rule for one. */
function itemOfRow({ email, personId, personalMeetingRoomId }: Record<string, string>): RequestedItem {
  return {
    ...(email ? { email } : {}),
    ...(personId ? { personId } : {}),
    ...(personalMeetingRoomId ? { personalMeetingRoomId } : { systemGenerated: true }),
  }
}

function refuseFaults(items: RequestedItem[]): void {
  const shape = readBatchShape(items)
  if ('refusals' in shape) {
    const { item } = shape.refusals[0]!
    throw new UserError(
      `Item ${item + 1} does not fit the others: give an email for everybody or a personId for everybody, and a personalMeetingRoomId for everybody or for nobody.`,
    )
  }
  const people = new Set<string>()
  const ids = new Set<string>()
  for (const [item, { address, id }] of shape.items.entries()) {
    if (people.has(address.toLowerCase()))
      throw new UserError(`Item ${item + 1} repeats ${address}; name each person once.`)
    people.add(address.toLowerCase())
    if (id === null) continue
    const fault = roomIdFault(id)
    if (fault !== undefined) throw new UserError(`Item ${item + 1}, ${address}: ${render(fault)} Give another ID.`)
    if (ids.has(roomIdKey(id)))
      throw new UserError(`Item ${item + 1} repeats the ID ${id}; give each person a different one.`)
    ids.add(roomIdKey(id))
  }
}
