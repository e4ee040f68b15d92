/** The clock of other processes, set forward and back while they run. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryFolder } from '../../devtools/child-service.ts'

const preload = new URL('./shifted-clock.mjs', import.meta.url).pathname

export interface WrongClock {
  /** A temporary folder; to be removed by the caller. */
  folder: string
  /** The environment with which a process must be started to use this clock. */
  env: Record<string, string>
  /** Shifts the clock by this many milliseconds, from a moment later on. */
  shift(ms: number): Promise<void>
}

export async function wrongClock(): Promise<WrongClock> {
  const folder = await temporaryFolder()
  const file = join(folder, 'shift')
  writeFileSync(file, '0')
  return {
    folder,
    env: { NODE_OPTIONS: `--import=${preload}`, ROOMKEY_CLOCK_SHIFT: file },
    async shift(ms) {
      writeFileSync(file, String(ms))
      await sleep(100)
    },
  }
}
