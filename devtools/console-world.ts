/** Services with content, for pictures of the console and for finding faults in every state. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from './child-service.ts'

const siteUrl = 'example.webex.com'
const rotations = `/api/sites/${siteUrl}/rotations`
const random = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 10, freeze: true }

/** `full` has everything, `slow` allows few calls a second, so that a rotation takes its time, `empty` has no site. */
export type Which = 'full' | 'slow' | 'empty'

export interface World {
  services: Record<Which, { url: string; token: string }>
  close(): Promise<void>
}

/** @param slow how many people the slow service has, and how many calls of /v1 it takes in a second. */
export async function openWorld(people: number, slow = { people: 400, callsPerSecond: 0.5 }): Promise<World> {
  const folders = await Promise.all([temporaryFolder(), temporaryFolder(), temporaryFolder()])
  const [fullFolder, slowFolder, emptyFolder] = folders as [string, string, string]
  const faults = join(slowFolder, 'faults.json')
  await writeFile(faults, JSON.stringify({ callsPerSecond: slow.callsPerSecond }))
  const started: ChildService[] = await Promise.all([
    serve(fullFolder, ['--demo', String(people), '--allow-private-webhooks']),
    serve(slowFolder, ['--demo', String(slow.people), '--faults', faults]),
    serve(emptyFolder),
  ])
  const [a, b, c] = await Promise.all(
    started.map(async ({ url }, index) => ({ url, token: await tokenOf(folders[index]!) })),
  )
  const world = { full: a!, slow: b!, empty: c! }
  await fill(world.full)
  return {
    services: world,
    async close() {
      await Promise.all(started.map(service => stop(service)))
      await Promise.all(folders.map(removeFolder))
    },
  }
}

type Service = World['services'][Which]

/** Rotation 1 has run, 2 has run with refusals, 3 is planned, 4 is planned with warnings. */
async function fill(service: Service): Promise<void> {
  const post = (path: string, body?: unknown) => send(service, 'POST', path, body)
  await post('/v1/webhooks', webhook('Intranet directory', 'http://127.0.0.1:9/directory', 'updated'))
  await post(rotations, { people: { who: 'department', department: 'Research' }, ...random })
  await run(service, 1)

  const { items } = await send(service, 'GET', `/api/sites/${siteUrl}/rooms?max=40&host=true`)
  const some = items.filter((room: { pinned: boolean }) => !room.pinned).slice(0, 14)
  const [taker, ...others] = some as { email: string }[]
  const rows = others
    .map(({ email }, index) => `${email},${index < 2 ? `${index}234` : `new-room-${index}`}`)
    .join('\n')
  const csv = `email,personalMeetingRoomId\n${rows}\nsomebody.else@example.com,nobody-1\n`
  const listed = { people: { who: 'listed', name: 'new-ids.csv', csv }, ...random, ids: { kind: 'csv' } }
  await post(rotations, { ...listed, allowUnmatched: true })
  await send(service, 'POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
    siteUrl,
    personalMeetingRoomIds: [{ email: taker!.email, personalMeetingRoomId: 'new-room-5' }],
  })
  await run(service, 2)

  await post(rotations, { people: { who: 'guessable' }, ...random, ids: { kind: 'words', bits: 60 } })
  await post(rotations, {
    people: { who: 'everyone' },
    ...random,
    ids: { kind: 'template', template: '{last}-{random:4}' },
  })
  await send(service, 'PATCH', `/api/sites/${siteUrl}`, { quarantineDays: 60, movedPage: true })
  await post('/api/tokens', { name: 'Nightly audit', role: 'siteAdmin', scopes: ['roomkey:admin'] })
  await post('/v1/webhooks', webhook('Room signs', 'https://signs.example.com/webex', 'created'))
}

function webhook(name: string, targetUrl: string, event: string) {
  return { name, targetUrl, resource: 'rooms', event, filter: `siteUrl=${siteUrl}`, secret: 'a secret' }
}

/** Starts a rotation and waits for its end. */
export async function run(service: Service, number: number): Promise<void> {
  await send(service, 'POST', `${rotations}/${number}/start`)
  const events = await fetch(`${service.url}${rotations}/${number}/events`, { headers: bearer(service) })
  await events.text()
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes.
export async function send(service: Service, method: string, path: string, body?: unknown): Promise<any> {
  const headers = { ...bearer(service), ...(body !== undefined && { 'content-type': 'application/json' }) }
  const answer = await fetch(service.url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? undefined : answer.json()
}

function bearer({ token }: Service) {
  return { authorization: `Bearer ${token}` }
}

/** A browser of its own, signed in to that service. */
export async function openContext(
  browser: Browser,
  { url, token }: Service,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', ...options })
  await context.request.post('/api/session', { data: { token }, headers: { 'x-roomkey-console': '1' } })
  context.setDefaultTimeout(15_000)
  return context
}

export async function openPage(browser: Browser, service: Service, options?: BrowserContextOptions): Promise<Page> {
  return (await openContext(browser, service, options)).newPage()
}
