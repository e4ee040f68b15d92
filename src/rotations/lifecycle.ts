/**
 * Who runs a rotation and in which state it is, seen from any process. A row says `planning` or `running` for as long as
 * nobody has written anything else; whether the process behind it is still there is found out here.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { isAlive, processSpace } from '../files/process-space.ts'
import type { RotationKey } from '../store/rotations/journal.ts'
import type { DeadRun } from '../store/rotations/ownership.ts'
import type { RotationState } from '../store/rotations/rotation-tables.ts'
import type { Rotation } from '../store/rotations/rotations.ts'

/**
 * This process, among all that may run rotations: for people, its host and process ID; to tell it from every other, where
 * that process ID counts, and what no other process has.
 */
export const owner = `${hostname()}:${process.pid}:${processSpace}:${randomUUID()}`

/** The host and the process ID of an owner, as people know them. */
export function processOf(owner: string): string {
  return owner.split(':').slice(0, 2).join(':')
}

/** What this process is doing. A row that names it as its owner means nothing by itself: process IDs are used again. */
export interface Activity {
  isPlanning(key: RotationKey): boolean
  isRunning(key: RotationKey): boolean
}

/**
 * The state to show and to decide by: a run without a process has stopped. So has a plan that can be gone on with; it has
 * no hash yet (`isUnplanned`). Any other plan without a process has failed.
 */
export function currentState(rotation: Rotation, here: Activity): RotationState {
  if (!isAbandoned(rotation, here)) return rotation.state
  return rotation.state === 'planning' && rotation.resumable === 0 ? 'failed' : 'stopped'
}

/** Whether a rotation is not planned to its end: what stopped was its planning. */
export function isUnplanned({ plan_hash }: Rotation): boolean {
  return plan_hash === null
}

/** The same for whatever needs a whole plan: one that stopped on the way is still being planned. */
export function stateOfWhole(rotation: Rotation, here: Activity): RotationState {
  const state = currentState(rotation, here)
  return state === 'stopped' && isUnplanned(rotation) ? 'planning' : state
}

/** Whether the process that plans or runs a rotation has died, or has been silent for longer than its lease. */
export function isAbandoned(rotation: Rotation, here: Activity): boolean {
  const key = keyOf(rotation)
  switch (rotation.state) {
    case 'planning':
      return !here.isPlanning(key) && (hasDied(rotation) || hasExpired(rotation))
    case 'running':
      return !here.isRunning(key) && (hasDied(rotation) || hasExpired(rotation))
    default:
      return false
  }
}

/** Those of a site's running rotations whose lease need not be waited for, because their process has certainly died. */
export function deadRuns(running: Rotation[], here: Activity): DeadRun[] {
  return running
    .filter(rotation => !here.isRunning(keyOf(rotation)) && hasDied(rotation))
    .map(({ rotation, owner }) => ({ rotation, owner }))
}

export function keyOf({ site_id, rotation }: Rotation): RotationKey {
  return { siteId: site_id, rotation }
}

/** For a rotation that this process does not plan or run. */
function hasDied({ owner: other }: Rotation): boolean {
  return other !== null && (other === owner || isGone(other))
}

function hasExpired({ lease_until }: Rotation): boolean {
  return (lease_until ?? 0) < Date.now()
}

/**
 * Whether another process is certainly gone. Of other machines and containers nothing is known but their leases: their
 * process IDs mean nothing here.
 */
function isGone(other: string): boolean {
  const [, pid, space] = other.split(':')
  return space === processSpace && (Number(pid) === process.pid || !isAlive(Number(pid)))
}
