/** Which process runs a rotation, and whether that process still lives. */
import { hostname } from 'node:os'

/** This process, among all that may run rotations. */
export const owner = `${hostname()}:${process.pid}`

/** Whether the process of this machine that had this name is gone: its lease need not be waited for. */
export function isGone(other: string): boolean {
  const [host, pid] = other.split(':')
  return host === hostname() && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
