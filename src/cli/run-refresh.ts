/** Sends the batches of `roomkey refresh`, and shows who got which ID. */
import { randomUUID } from 'node:crypto'
import Table from 'cli-table3'
import { exitCodes, UserError } from '../errors.ts'
import { render } from '../messages/render.ts'
import { maxBatchSize, type RequestedItem } from '../rooms/batch-shape.ts'
import { answers } from '../webex/calls/answers.ts'
import { type CallDeps, call, normalBaseUrl } from '../webex/calls/calls.ts'
import { readRefusal } from '../webex/calls/refusal.ts'
import type { TokenSource } from '../webex/sign-in/token-source.ts'
import { sayTable } from './options/tables.ts'
import { tokenFor, urlOf } from './options/target.ts'
import { explainingTarget } from './options/target-route.ts'
import { type RefreshInput, readRefreshInput } from './refresh-input.ts'

export interface RefreshOptions {
  site?: string | undefined
  encoding?: string | undefined
  target?: string | undefined
  data?: string | undefined
  dryRun?: true | undefined
  json?: true | undefined
}

interface Target {
  url: string
  token: TokenSource
}

interface Refreshed {
  email?: string | undefined
  personId?: string | undefined
  personalMeetingRoomId: string
}

export async function runRefresh(file: string, options: RefreshOptions): Promise<void> {
  const input = await readRefreshInput(file, options)
  if (input.table !== undefined && !options.json) sayTable(input.table)
  if (options.dryRun) return show(input, options, input.items.map(planned), 'would be sent; nothing was')
  const url = urlOf(options)
  const token = tokenFor(url, options)
  // A service that is not the one is noticed before anything is sent.
  await explainingTarget(() => token.token())

  const done: Refreshed[] = []
  for (let start = 0; start < input.items.length; start += maxBatchSize) {
    const batch = input.items.slice(start, start + maxBatchSize)
    const refusal = await send({ url, token }, input.siteUrl, batch, start, done)
    if (refusal === undefined) continue
    if (done.length > 0) show(input, options, done, 'refreshed')
    throw new UserError(`${refusal.words} ${unsent(input, start, batch)}`, refusal.exitCode)
  }
  show(input, options, done, 'refreshed')
}

/** Sends one batch and adds its result to `done`; returns why it failed, if it did. */
async function send(target: Target, siteUrl: string, items: RequestedItem[], start: number, done: Refreshed[]) {
  const deps: CallDeps = { fetch, token: target.token }
  const answer = await call(deps, {
    method: 'POST',
    url: `${normalBaseUrl(target.url)}/admin/meetingPreferences/personalMeetingRoom/refreshId`,
    body: { siteUrl, personalMeetingRoomIds: items },
    idempotencyKey: randomUUID(),
  })
  if (answer.kind === 'unsent') {
    const words = `${target.url} cannot be reached (${render(answer.why)}); start the service or check --target.`
    return { words, exitCode: exitCodes.targetRefused }
  }
  if (answer.kind !== 'response' || answer.status >= 500) {
    const why = answer.kind === 'response' ? `status ${answer.status}` : render(answer.why)
    const words = `The outcome is unknown (${why}); check whether the IDs have changed before sending this again.`
    return { words, exitCode: exitCodes.stopped }
  }
  if (answer.status === 200 && answers.refreshed.Check(answer.json)) {
    done.push(...answer.json.personalMeetingRoomIds)
    return undefined
  }
  if (answer.status === 429 || answer.status === 423) {
    const seconds = answer.headers.get('retry-after')
    const words = `The target asks to wait${seconds ? ` ${seconds} seconds` : ''}; send the rest again then.`
    return { words, exitCode: exitCodes.stopped }
  }
  const { reason, offenders, site } = readRefusal(answer.json)
  const named = (offenders ?? []).map(
    ({ item, reason }) => `\n  item ${start + item + 1}, ${addressOf(items[item])}: ${render(reason)}`,
  )
  const words = `The target refused the batch (${answer.status}): ${render(reason)}${named.join('')}\n`
  const itemsAtFault = answer.status === 400 || (answer.status === 404 && !site)
  return { words, exitCode: itemsAtFault ? exitCodes.refusedItems : exitCodes.targetRefused }
}

function unsent({ items }: RefreshInput, start: number, batch: RequestedItem[]): string {
  const later = items.length - start - batch.length
  return `Of ${items.length} people, ${start} were refreshed, ${batch.length} were not, and ${later} were not sent.`
}

function show({ siteUrl, table }: RefreshInput, { json }: RefreshOptions, rooms: Refreshed[], what: string): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ siteUrl, personalMeetingRoomIds: rooms, table }, null, 2)}\n`)
    return
  }
  const shown = new Table({ head: ['person', 'personal meeting room ID'], style: { head: [], border: [] } })
  for (const room of rooms) shown.push([addressOf(room), room.personalMeetingRoomId])
  process.stdout.write(
    `${shown.toString()}\n${rooms.length} ${rooms.length === 1 ? 'person' : 'people'} ${what} on ${siteUrl}.\n`,
  )
}

function planned({ email, personId, personalMeetingRoomId }: RequestedItem): Refreshed {
  return { email, personId, personalMeetingRoomId: personalMeetingRoomId ?? "(by the site's rule)" }
}

function addressOf(item: { email?: string | undefined; personId?: string | undefined } | undefined): string {
  return item?.email ?? item?.personId ?? ''
}
