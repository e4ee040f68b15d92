/**
 * Rehearses a plan: the same engine, against a service in memory that is filled from the plan's snapshot, by a clock
 * that runs faster. Nothing of it reaches the target, nor the rotation's own state.
 */
import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import type { Faults } from '../api/faults.ts'
import { scopes } from '../api/scopes.ts'
import { type App, buildServer } from '../api/server.ts'
import { Governor } from '../rotation/governor.ts'
import { owner } from '../rotation/owner.ts'
import { pacedFetch } from '../rotation/paced-fetch.ts'
import { runRotation } from '../rotation/run.ts'
import type { RunEnd } from '../rotation/run-deps.ts'
import { verifyRotation } from '../rotation/verify.ts'
import { openStore } from '../store/open-store.ts'
import type { RotationKey } from '../store/rotation-journal.ts'
import type { RotationItemRow } from '../store/rotation-tables.ts'
import { countItems, countReasons, eachItem, type Rotation, type RotationItem } from '../store/rotations.ts'
import { findSite } from '../store/sites.ts'
import type { Store } from '../store/store.ts'
import { hashToken, makeToken } from '../store/tokens.ts'
import { exitCodes, UserError } from '../user-error.ts'
import type { Fetch } from '../webex/calls.ts'
import { createWebexClient } from '../webex/client.ts'
import { type Clock, systemClock } from '../webex/clock.ts'
import { staticToken } from '../webex/token-source.ts'
import { readFaultsFile } from './faults-file.ts'
import type { RotationOptions } from './rotation-options.ts'
import { keyOf, theRotation, withStore } from './rotation-setup.ts'
import { showRun } from './show-progress.ts'

export interface RehearsalOptions extends RotationOptions {
  faults?: string | undefined
  speed: number
  workers: number
  json?: true | undefined
}

export async function runRehearsal(name: string, options: RehearsalOptions): Promise<void> {
  const script = options.faults === undefined ? {} : await readFaultsFile(options.faults)
  await withStore(options, async store => {
    const rotation = await theRotation(store, name, options.site)
    if (rotation.plan_hash === null)
      throw new UserError(`Rotation ${name} was never planned to the end; plan it again.`)
    const copy = await openStore('sqlite::memory:')
    try {
      await rehearse(store, rotation, copy, script, options)
    } finally {
      await copy.close()
    }
  })
}

async function rehearse(
  store: Store,
  rotation: Rotation,
  copy: Store,
  script: Faults,
  options: RehearsalOptions,
): Promise<void> {
  const token = makeToken()
  await addAdministrator(copy, token)
  const key = await copyPlan(store, rotation, copy)
  const clock = fasterClock(options.speed)
  const app = await buildServer({
    store: copy,
    rateLimit: null,
    faults: { script, world: { ...clock, lose: reply => reply.header(lost, '1') } },
  })
  const calls = { made: 0 }
  const client = createWebexClient(rotation.target, {
    fetch: pacedFetch(fetchOf(app, calls), new Governor(), clock),
    token: staticToken(token),
    clock,
  })
  const progress = showRun()
  const began = clock.now()
  try {
    const end = await runRotation(key, {
      store: copy,
      client,
      clock,
      owner,
      workers: options.workers,
      onProgress: progress.tell,
    })
    const minutes = (clock.now() - began) / 60_000
    const refreshCalls = calls.made
    const verified = await verifyRotation(key, { store: copy, client, now: () => clock.now() })
    progress.end()
    await sayRehearsal(copy, key, { rotation, end, minutes, refreshCalls, verified }, options)
  } finally {
    progress.end()
    await app.close()
  }
}

interface Rehearsed {
  rotation: Rotation
  end: RunEnd
  minutes: number
  refreshCalls: number
  verified: Awaited<ReturnType<typeof verifyRotation>>
}

async function sayRehearsal(
  copy: Store,
  key: RotationKey,
  known: Rehearsed,
  { json }: RehearsalOptions,
): Promise<void> {
  const { rotation, end, minutes, refreshCalls, verified } = known
  const rooms = await countItems(copy.db, key)
  const refused = await countReasons(copy.db, { ...key, state: 'refused' })
  if (json) {
    const words = { rotation: rotation.rotation, ...end, minutes, calls: refreshCalls, rooms, refused, verified }
    process.stdout.write(`${JSON.stringify(words, null, 2)}\n`)
  } else {
    const lines = [
      `Rehearsed rotation ${rotation.rotation} of ${rotation.site_url} in memory; nothing was changed.`,
      `  ${end.end === 'finished' ? 'It ended' : `It stopped (${end.because})`} after ${refreshCalls} calls and ${minutes.toFixed(1)} minutes by its own clock.`,
      `  ${rooms.done} rooms got their new ID, ${rooms.refused} were refused, ${rooms.pending + rooms.unsure} were left.`,
      `  Read back: ${verified.changed} as planned, ${verified.notYetVisible} not yet visible, ${verified.wrongs} wrong.`,
      ...refused.slice(0, 10).map(({ reason, count }) => `  ${count} refused: ${reason}`),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  if (end.end === 'stopped') process.exitCode = exitCodes.stopped
  else if (rooms.refused > 0 || verified.wrongs > 0) process.exitCode = exitCodes.refusedItems
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
  for await (const items of eachItem(store.db, keyOf(rotation))) {
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

/** A `fetch` that hands its calls straight to the service. A connection that was cut is an error, as over a socket. */
function fetchOf(app: App, calls: { made: number }): Fetch {
  return async (url, init) => {
    calls.made += 1
    const { pathname, search } = new URL(url)
    const answering = app.inject({
      method: (init.method ?? 'GET') as 'GET',
      url: pathname + search,
      headers: init.headers as Record<string, string>,
      ...(typeof init.body === 'string' ? { payload: init.body } : {}),
    })
    const answer = await Promise.race([answering, givenUp(init.signal ?? undefined)])
    if (answer.headers[lost] !== undefined) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    const headers = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) headers.set(name, String(value))
    return new Response(answer.statusCode === 204 ? null : answer.body, { status: answer.statusCode, headers })
  }
}

/** Rejects when the caller will not wait any longer. */
function givenUp(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
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
