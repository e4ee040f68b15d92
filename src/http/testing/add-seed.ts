/** Adds what a seed describes. */
import { createHash, randomUUID } from 'node:crypto'
import { completeNames } from '../../rooms/split-name.ts'
import { hashToken, makeToken } from '../../store/access/tokens.ts'
import type { NewPerson } from '../../store/people/people.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import { scopes } from '../../wire/access.ts'
import type { Seed, SeedAnswer } from '../../wire/testing.ts'
import { refuse } from '../plumbing/errors.ts'
import { addSeedMeetings } from './seed-meetings.ts'

const actor = { tokenId: 'seed', trackingId: 'seed' }
const peoplePerWrite = 5000

/** @throws ApiError 400 that says what cannot be; some of the seed may have been added by then. */
export async function addSeed(
  store: Store,
  { sites = [], tokens = [], webhooks = [] }: Seed,
  now: number,
): Promise<SeedAnswer> {
  let people = 0
  for (const site of sites) people += await addSite(store, site, now)
  const added: SeedAnswer = { people, tokens: [], webhooks: [] }
  for (const token of tokens) added.tokens.push(await addToken(store, token, now))
  for (const webhook of webhooks) added.webhooks.push(await addWebhook(store, webhook, now))
  return added
}

async function addSite(store: Store, seed: NonNullable<Seed['sites']>[number], now: number): Promise<number> {
  const { siteUrl, people = [], meetings = [], generationMethod, prefix, length, quarantineDays, allowCustomUrl } = seed
  const rule = { method: generationMethod ?? 'random', prefix: prefix ?? 'pr', length: length ?? 12 } as const
  if ((await findSite(store.db, siteUrl)) === undefined) {
    await store.write('addSite', { url: siteUrl, rule, quarantineDays: quarantineDays ?? 30, now })
  }
  const { site_id: siteId } = (await findSite(store.db, siteUrl))!
  if (allowCustomUrl !== undefined) {
    await store.write('changeSite', { ...actor, now, siteId, siteUrl, changes: { allowCustomUrl } })
  }
  for (let start = 0; start < people.length; start += peoplePerWrite) {
    const slice = people.slice(start, start + peoplePerWrite).map(newPerson)
    const outcome = await store.write('admitPeople', { ...actor, now, siteId, people: slice, auditAction: null })
    if ('refusals' in outcome) {
      const [{ reason, item }] = outcome.refusals as [{ reason: string; item: number }]
      throw refuse(400, `Person ${start + item + 1} of ${siteUrl} (${slice[item]?.email}) cannot be added: ${reason}.`)
    }
  }
  await addSeedMeetings(store, siteId, meetings, now)
  return people.length
}

function newPerson(seed: NonNullable<NonNullable<Seed['sites']>[number]['people']>[number]): NewPerson {
  const { email, personId, department, host = true, suspended = false, pinned = false, personalMeetingRoomId } = seed
  const names = completeNames(seed) ?? completeNames({ displayName: email.split('@')[0]!.replace(/[._]+/g, ' ') })!
  return {
    ...names,
    email,
    personId: personId ?? personIdOf(email),
    username: null,
    department: department ?? null,
    host,
    suspended,
    pinned,
    roomId: personalMeetingRoomId ?? null,
  }
}

/** The same for the same address each time, so that a test can compare. */
function personIdOf(email: string): string {
  const hash = createHash('sha256').update(email.toLowerCase()).digest('hex')
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  return Buffer.from(`ciscospark://us/PEOPLE/${uuid}`).toString('base64url')
}

export async function addToken(
  store: Store,
  seed: NonNullable<Seed['tokens']>[number],
  now: number,
): Promise<SeedAnswer['tokens'][number]> {
  const { token = makeToken(), name = 'test', role = 'fullAdmin', sites = null, email = null, expiresAt } = seed
  const end = expiresAt === undefined ? null : Date.parse(expiresAt)
  if (Number.isNaN(end)) throw refuse(400, `expiresAt of the token ${name} is not a time; write 2027-01-01T00:00:00Z.`)
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuse(400, 'A token may hold printable ASCII alone, and no space.')
  const tokenId = randomUUID()
  const given = { name, role, scopes: seed.scopes ?? [...scopes], sites, email, now, expiresAt: end }
  await store.write('addToken', { tokenId, hash: hashToken(token), madeBy: null, ...given })
  return { id: tokenId, name, token }
}

async function addWebhook(
  store: Store,
  { name = 'test', targetUrl, secret, event = 'all' }: NonNullable<Seed['webhooks']>[number],
  now: number,
): Promise<SeedAnswer['webhooks'][number]> {
  const id = Buffer.from(`ciscospark://us/WEBHOOK/${randomUUID()}`).toString('base64url')
  const filters = { resource: 'rooms', event, filter: null, owned_by: null, sites: null }
  const webhook = { webhook_id: id, name, target_url: targetUrl, secret: secret ?? null, ...filters }
  await store.write('addWebhook', { ...actor, now, webhook })
  return { id, targetUrl }
}
