/**
 * Many clients that send random batches, with conflicts and swaps, to several services concurrently, and a check of
 * every answer against what the database has stored.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '#roomkey/store/open-store.js'
import type { Chance } from '../../devtools/chance.ts'
import { newPerson, randomRule, refreshPath, siteUrl } from '../support/service.ts'

/** One call and its answer. */
export interface CallRecord {
  sentAt: number
  answeredAt: number
  /** 0 where no answer came. */
  status: number
  /** Only where an answer came. */
  trackingId: string | null
  items: { email: string; personalMeetingRoomId?: string }[]
  /** The rooms of a 200, by e-mail. */
  rooms: Map<string, string>
  replayed: boolean
}

export interface Crowd {
  chance: Chance
  /** The URLs of the services; may change during the run. */
  urls: string[]
  token: string
  people: string[]
  clients: number
  ms: number
  isOver?: () => boolean
}

/** Adds the example site, without quarantine, so that IDs are reused, and `count` hosts; returns their addresses. */
export async function fillSite(databaseUrl: string, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, n) => `p${n}@example.com`)
  const store = await openStore(databaseUrl)
  const siteId = await store.write('addSite', { url: siteUrl, rule: randomRule, quarantineDays: 0, now: Date.now() })
  const named = people.map(email => newPerson({ email }))
  await store.write('addPeople', { siteId, people: named, tokenId: 'test', trackingId: 'test', now: Date.now() })
  await store.close()
  return people
}

/** Few enough that clients compete for them all the time. */
const popularIds = Array.from({ length: 60 }, (_, n) => `popular-${n}`)

/** Sends batches until the time is up, and returns every call with its answer. */
export async function runCrowd(crowd: Crowd): Promise<CallRecord[]> {
  const calls: CallRecord[] = []
  /** The last ID that any client saw for each person: material for swaps, often out of date. */
  const seen = new Map<string, string>()
  const keys: string[] = []
  const ends = performance.now() + crowd.ms
  const isOver = crowd.isOver ?? (() => false)

  await Promise.all(
    Array.from({ length: crowd.clients }, async () => {
      while (performance.now() < ends && !isOver()) {
        const items = makeItems(crowd.chance, crowd.people, seen)
        const call = await send(crowd, items, keyFor(crowd.chance, keys))
        calls.push(call)
        for (const [email, id] of call.rooms) seen.set(email, id)
        if (call.status === 503 || call.status === 0) await sleep(crowd.chance.between(50, 150))
      }
    }),
  )
  return calls
}

function makeItems(chance: Chance, people: string[], seen: Map<string, string>): CallRecord['items'] {
  const chosen = chance.some(people, chance.next() < 0.7 ? chance.between(1, 9) : chance.between(1, 101))
  const dice = chance.next()
  if (dice < 0.3) return chosen.map(email => ({ email, personalMeetingRoomId: `new-${randomUUID()}` }))
  if (dice < 0.5) return chosen.map(email => ({ email, systemGenerated: true }))
  if (dice < 0.75) {
    const ids = chosen.map(email => seen.get(email) ?? `swap-${randomUUID()}`)
    return chosen.map((email, n) => ({ email, personalMeetingRoomId: ids[(n + 1) % ids.length]! }))
  }
  const ids = chance.some(popularIds, chosen.length)
  return chosen.slice(0, ids.length).map((email, n) => ({ email, personalMeetingRoomId: ids[n]! }))
}

/** Sometimes a key, and sometimes one that another client has just used. */
function keyFor(chance: Chance, keys: string[]): string | null {
  if (chance.next() < 0.85) return null
  if (keys.length === 0 || chance.next() < 0.9) keys.push(randomUUID())
  return keys.at(-1)!
}

async function send(
  { chance, urls, token }: Pick<Crowd, 'chance' | 'urls' | 'token'>,
  items: CallRecord['items'],
  key: string | null,
): Promise<CallRecord> {
  const call: CallRecord = {
    sentAt: performance.now(),
    answeredAt: 0,
    status: 0,
    trackingId: null,
    items,
    rooms: new Map(),
    replayed: false,
  }
  try {
    const response = await fetch(chance.oneOf(urls) + refreshPath, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ siteUrl, personalMeetingRoomIds: items }),
    })
    const body = (await response.json()) as { personalMeetingRoomIds?: Required<CallRecord['items'][number]>[] }
    call.status = response.status
    call.trackingId = response.headers.get('trackingid')
    call.replayed = response.headers.has('idempotent-replayed')
    if (response.status === 503 && !response.headers.has('retry-after')) throw new Error('503 without Retry-After')
    if (response.status === 200) {
      call.rooms = new Map(
        body.personalMeetingRoomIds!.map(({ email, personalMeetingRoomId }) => [email, personalMeetingRoomId]),
      )
    }
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('503')) throw error
  }
  call.answeredAt = performance.now()
  return call
}
