/** Which process runs a rotation, and whether that process still lives. */
import { hostname } from 'node:os'
import type { Rotation } from '../store/rotations/rotations.ts'

/** This process, among all that may run rotations. */
export const owner = `${hostname()}:${process.pid}`

/** Whether the process of this machine that had this name is gone: its lease need not be waited for. */
export function isGone(other: string): boolean {
  const [host, pid] = other.split(':')
  return host === hostname() && !isAlive(Number(pid))
}

/** Whether a plan that is not made yet never will be: its process is gone, or has been silent for too long. */
export function brokeOff({ state, owner, lease_until }: Rotation, now: number): boolean {
  return state === 'planning' && ((owner !== null && isGone(owner)) || (lease_until ?? 0) < now)
}

/** The state of a rotation for those who look at it from outside: a plan that broke off has failed. */
export function stateNow(rotation: Rotation): Rotation['state'] {
  return brokeOff(rotation, Date.now()) ? 'failed' : rotation.state
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
