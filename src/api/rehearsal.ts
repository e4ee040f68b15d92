/**
 * Rehearses a plan: the same engine, against a service in memory that is filled from the plan's snapshot, by a clock
 * that runs faster. Nothing of it reaches the target, nor the rotation's own state.
 */
import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { Governor } from '../rotation/governor.ts'
import { owner } from '../rotation/owner.ts'
import { pacedFetch } from '../rotation/paced-fetch.ts'
import { runRotation } from '../rotation/run.ts'
import type { Progress, RunEnd } from '../rotation/run-deps.ts'
import { type Verified, verifyRotation } from '../rotation/verify.ts'
import { openStore } from '../store/open-store.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import type { ItemState, RotationItemRow } from '../store/rotation-tables.ts'
import { countItems, countReasons, eachItem, type Rotation, type RotationItem } from '../store/rotations.ts'
import { findSite } from '../store/sites.ts'
import type { Store } from '../store/store.ts'
import { hashToken, makeToken } from '../store/tokens.ts'
import type { Fetch } from '../webex/calls.ts'
import { createWebexClient } from '../webex/client.ts'
import { type Clock, systemClock } from '../webex/clock.ts'
import { staticToken } from '../webex/token-source.ts'
import type { Faults } from '../wire/faults.ts'
import { ownFetch } from './own-fetch.ts'
import { scopes } from './scopes.ts'
import { type App, buildServer } from './server.ts'

export interface RehearsalWish {
  /** What goes wrong on purpose. */
  script: Faults
  /** How many seconds of its clock pass in one. */
  speed: number
  workers: number
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

export interface Rehearsed {
  end: RunEnd
  /** By its own clock. */
  minutes: number
  calls: number
  rooms: Record<ItemState, number>
  refused: { reason: string; count: number }[]
  verified: Verified & { wrongs: number }
}

export async function rehearse(store: Store, rotation: Rotation, wish: RehearsalWish): Promise<Rehearsed> {
  const copy = await openStore('sqlite::memory:')
  try {
    return await rehearseIn(copy, store, rotation, wish)
  } finally {
    await copy.close()
  }
}

async function rehearseIn(
  copy: Store,
  store: Store,
  rotation: Rotation,
  { script, speed, workers, onProgress, signal }: RehearsalWish,
): Promise<Rehearsed> {
  const token = makeToken()
  await addAdministrator(copy, token)
  const key = await copyPlan(store, rotation, copy)
  const clock = fasterClock(speed)
  const app = await buildServer({
    store: copy,
    rateLimit: null,
    faults: { script, world: { ...clock, lose: reply => reply.header(lost, '1') } },
  })
  const made = { calls: 0 }
  const client = createWebexClient(rotation.target, {
    fetch: pacedFetch(fetchOf(app, made), new Governor(), clock),
    token: staticToken(token),
    clock,
  })
  const began = clock.now()
  try {
    const end = await runRotation(key, {
      store: copy,
      client,
      clock,
      owner,
      workers,
      ...(onProgress && { onProgress }),
      ...(signal && { signal }),
    })
    const minutes = (clock.now() - began) / 60_000
    const { calls } = made
    const verified = await verifyRotation(key, { store: copy, client, now: () => clock.now() })
    const rooms = await countItems(copy.db, key)
    const refused = await countReasons(copy.db, { ...key, state: 'refused' })
    return { end, minutes, calls, rooms, refused, verified }
  } finally {
    await app.close()
  }
}

/** Fills the copy with the snapshot and the plan. */
async function copyPlan(store: Store, rotation: Rotation, copy: Store): Promise<RotationKey> {
  const { site_url, ...row } = rotation
  const original = await findSite(store.db, site_url)
  const now = Date.now()
  const siteId = await copy.write('addSite', {
    url: site_url,
    rule: {
      method: original?.generation_method ?? 'random',
      prefix: original?.id_prefix ?? 'pr',
      length: original?.id_length ?? 12,
    },
    // Whether Webex reserves a freed ID is not known, so a rehearsal for it does not.
    quarantineDays: rotation.profile === 'webex' ? 0 : (original?.quarantine_days ?? 30),
    now,
  })
  const key = await copy.write('copyRotation', {
    siteUrl: site_url,
    rotation: {
      ...row,
      site_id: siteId,
      state: 'planned',
      started_at: null,
      finished_at: null,
      frozen_from: null,
      owner: null,
      lease_until: null,
      stopped_because: null,
      events: 0,
      head: '',
    },
  })
  for await (const items of eachItem(store.db, { siteId: rotation.site_id, rotation: rotation.rotation })) {
    await copy.write('copyItems', { items: items.map(item => unrun(item, siteId)) })
    const people = items.filter(item => item.kind !== 'temporary' && item.person_id !== '').map(personOf)
    if (people.length > 0)
      await copy.write('addPeople', { siteId, people, tokenId: 'rehearsal', trackingId: 'rehearsal', now })
  }
  return key
}

function unrun(item: RotationItem, siteId: number): Insertable<RotationItemRow> {
  return {
    ...item,
    site_id: siteId,
    state: item.kind === 'left' ? 'left' : 'pending',
    reason: item.kind === 'left' ? item.reason : null,
    part: item.part < 2 ** 40 ? item.part : 0,
    intent: null,
    since: null,
    due: null,
    settled_id: null,
    settled_at: null,
    tracking_id: null,
    verified: null,
    verified_at: null,
    letter: null,
  }
}

function personOf({ person_id, email, name, old_id }: RotationItem) {
  const [firstName = '', ...others] = name.split(' ')
  return {
    personId: person_id,
    email,
    firstName,
    lastName: others.join(' '),
    displayName: name,
    username: null,
    department: null,
    host: old_id !== null,
    suspended: false,
    pinned: false,
    roomId: old_id,
  }
}

async function addAdministrator(copy: Store, token: string): Promise<void> {
  await copy.write('addToken', {
    tokenId: randomUUID(),
    hash: hashToken(token),
    name: 'rehearsal',
    role: 'fullAdmin',
    scopes: [...scopes],
    sites: null,
    email: null,
    now: Date.now(),
    expiresAt: null,
  })
}

/** The mark of an answer that gets lost on its way. */
const lost = 'x-roomkey-lost'

/** Counts the calls. A connection that was cut is an error, as over a socket. */
function fetchOf(app: App, made: { calls: number }): Fetch {
  const fetch = ownFetch(app)
  return async (url, init) => {
    made.calls += 1
    const answer = await fetch(url, init)
    if (answer.headers.has(lost)) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    return answer
  }
}

/** A second by this clock takes a part of one. */
function fasterClock(speed: number): Clock {
  const began = Date.now()
  const started = performance.now()
  return {
    now: () => Math.floor(began + (performance.now() - started) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
  }
}
