/**
 * A crowd of clients that send random batches, with conflicts and swaps, to several services at once, and an
 * inspector who holds everything they were told against what the database has kept.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { refreshPath, siteUrl } from '../support/service.ts'

/** One call, and what its client was told. */
export interface Told {
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
  urls: string[]
  token: string
  people: string[]
  clients: number
  /** Until when, in milliseconds since 1970. */
  until: number
}

/** Few enough that they are fought over all the time. */
const popularIds = Array.from({ length: 60 }, (_, n) => `popular-${n}`)

/** Sends batches until the time is up, and gives back every call with its answer. */
export async function runCrowd(crowd: Crowd): Promise<Told[]> {
  const told: Told[] = []
  /** What somebody was last seen with, by anyone: material for swaps, often out of date. */
  const seen = new Map<string, string>()
  const keys: string[] = []

  await Promise.all(
    Array.from({ length: crowd.clients }, async () => {
      while (Date.now() < crowd.until) {
        const items = makeItems(crowd.people, seen)
        const call = await send(crowd, items, keyFor(keys))
        told.push(call)
        for (const [email, id] of call.rooms) seen.set(email, id)
        if (call.status === 503 || call.status === 0) await sleep(50 + Math.random() * 100)
      }
    }),
  )
  return told
}

function makeItems(people: string[], seen: Map<string, string>): Told['items'] {
  const size = Math.random() < 0.7 ? 1 + Math.floor(Math.random() * 8) : 1 + Math.floor(Math.random() * 100)
  const chosen = pick(people, size)
  const dice = Math.random()
  if (dice < 0.3) return chosen.map(email => ({ email, personalMeetingRoomId: `new-${randomUUID()}` }))
  if (dice < 0.5) return chosen.map(email => ({ email, systemGenerated: true }))
  if (dice < 0.75) {
    const ids = chosen.map(email => seen.get(email) ?? `swap-${randomUUID()}`)
    return chosen.map((email, n) => ({ email, personalMeetingRoomId: ids[(n + 1) % ids.length]! }))
  }
  const ids = pick(popularIds, chosen.length)
  return chosen.slice(0, ids.length).map((email, n) => ({ email, personalMeetingRoomId: ids[n]! }))
}

/** Sometimes a key, and sometimes one that somebody else has just used. */
function keyFor(keys: string[]): string | null {
  if (Math.random() < 0.85) return null
  if (keys.length === 0 || Math.random() < 0.9) keys.push(randomUUID())
  return keys.at(-1)!
}

function pick(from: string[], count: number): string[] {
  const left = [...from]
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [chosen] = left.splice(Math.floor(Math.random() * left.length), 1)
    return chosen!
  })
}

async function send({ urls, token }: Crowd, items: Told['items'], key: string | null): Promise<Told> {
  const call: Told = {
    sentAt: performance.now(),
    answeredAt: 0,
    status: 0,
    trackingId: null,
    items,
    rooms: new Map(),
    replayed: false,
  }
  try {
    const response = await fetch(urls[Math.floor(Math.random() * urls.length)] + refreshPath, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ siteUrl, personalMeetingRoomIds: items }),
    })
    const body = (await response.json()) as { personalMeetingRoomIds?: Required<Told['items'][number]>[] }
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
