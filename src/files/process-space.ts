import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Where a process ID of this process means the same process: one boot of one machine and, on Linux, one PID namespace.
 * Containers may share a hostname, and each counts its processes from 1.
 */
export const processSpace = createHash('sha256')
  .update([hostname(), textOf('/proc/sys/kernel/random/boot_id'), linkOf('/proc/self/ns/pid')].join('\n'))
  .digest('hex')
  .slice(0, 12)

/** Whether a process of this process space lives. True where that cannot be told. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Empty where the system has no such file. */
function textOf(path: string): string {
  return orEmpty(() => readFileSync(path, 'utf8').trim())
}

function linkOf(path: string): string {
  return orEmpty(() => readlinkSync(path))
}

function orEmpty(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
