/**
 * Occasional rotations of a few hundred rooms: planned, started, followed to the end, verified, and every third one
 * undone. No batch touches their rooms, so every line of a plan must come true.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Site } from './site.ts'

const roomsEach = 300
/** So that most windows of ten seconds are without one, and the cost of a rotation shows as a peak. */
const everyMs = 60_000
const pollMs = 250
const rotationsPerUndo = 3
/** A rotation of this size that takes longer is a failure. */
const maxMs = 60_000

interface Rotation {
  number: number
  state: string
  stopReason: string | null
  counts: Record<string, number>
}

export interface Rotated {
  rotations: number
  undone: number
  /** How many IDs rooms were given in all. */
  changes: number
  /** The last ID of each room according to rotations, by e-mail. */
  ids: Map<string, string>
}

export async function rotateNowAndThen(site: Site, rotated: Rotated, ends: AbortSignal): Promise<void> {
  const pause = () => sleep(everyMs, undefined, { signal: ends }).catch(() => undefined)
  for (let index = 0; !ends.aborted; index += 1) {
    const first = (index * roomsEach) % (site.rotated.length - roomsEach)
    const csv = ['email', ...site.rotated.slice(first, first + roomsEach)].join('\n')
    const planned = await site.call<Rotation>('POST', `${site.path}/rotations`, {
      body: {
        people: { who: 'listed', name: 'soak', csv },
        ids: { kind: 'random', prefix: '', bits: 64 },
        canary: 10,
        freeze: false,
      },
      expected: [201],
    })
    const done = planned && (await carryOut(site, planned, rotated))
    if (done !== undefined && index % rotationsPerUndo === 0) {
      const back = await site.call<Rotation>('POST', `${site.path}/rotations/${done.number}/undo`)
      if (back !== undefined && (await carryOut(site, back, rotated)) !== undefined) rotated.undone += 1
    }
    await pause()
  }
}

/** The finished rotation; undefined, and counted, where part of it did not come true. */
async function carryOut(site: Site, planned: Rotation, rotated: Rotated): Promise<Rotation | undefined> {
  const path = `${site.path}/rotations/${planned.number}`
  const until = performance.now() + maxMs
  let rotation = await follow(site, path, 'planning', planned, until)
  if (rotation?.state === 'planned') rotation = await site.call<Rotation>('POST', `${path}/start`)
  rotation = await follow(site, path, 'running', rotation, until)
  if (rotation === undefined) return undefined

  const { state, counts, stopReason, number } = rotation
  await keepIds(site, path, rotated)
  rotated.rotations += 1
  rotated.changes += counts.done ?? 0
  const verified = await site.call<{ changed: number }>('POST', `${path}/verify`)
  if (state === 'finished' && counts.done === roomsEach && verified?.changed === roomsEach) return rotation
  site.count(`Rotation ${number} is ${state}: ${JSON.stringify(counts)} ${stopReason ?? ''}`)
  return undefined
}

async function follow(site: Site, path: string, state: string, from: Rotation | undefined, until: number) {
  let rotation = from
  while (rotation?.state === state && performance.now() < until) {
    await sleep(pollMs)
    rotation = await site.call<Rotation>('GET', path)
  }
  return rotation
}

async function keepIds(site: Site, path: string, { ids }: Rotated): Promise<void> {
  const found = await site.call<{ items: { email: string; newId: string }[] }>(
    'GET',
    `${path}/items?state=done&max=1000`,
  )
  for (const { email, newId } of found?.items ?? []) ids.set(email, newId)
}
