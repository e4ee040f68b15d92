/** Asks a service how it is while something else goes on, from a process of its own. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface Probed {
  /** Of `/healthz`, in milliseconds; a call that was not answered counts with the time that it was waited for. */
  median: number
  p99: number
  max: number
  /** The most memory that the process had, in MiB. */
  mebibytes: number
  /** How long it computed, in all its threads, in milliseconds. */
  cpu: number
}

const everyMs = 25
const waitMs = 60_000

/** Begins to ask; `end` gives what came out. */
export function probe(url: string, pid: number): { end(): Promise<Probed> } {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), url, String(pid)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return {
    async end() {
      child.stdin.end()
      return JSON.parse(await text(child.stdout)) as Probed
    },
  }
}

async function ask(url: string, pid: number): Promise<void> {
  const times: number[] = []
  let kibibytes = 0
  const before = cpuOf(pid)
  let over = false
  process.stdin.resume().once('end', () => {
    over = true
  })
  while (!over) {
    const began = performance.now()
    await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(waitMs) })
      .then(answer => answer.text())
      .catch(() => undefined)
    times.push(performance.now() - began)
    kibibytes = Math.max(kibibytes, memoryOf(pid))
    await sleep(everyMs)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!
  const probed: Probed = {
    median: at(0.5),
    p99: at(0.99),
    max: times.at(-1)!,
    mebibytes: kibibytes / 1024,
    cpu: cpuOf(pid) - before,
  }
  process.stdout.write(JSON.stringify(probed))
}

/** The system counts in hundredths of a second. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

const [program, url, pid] = process.argv.slice(1)
if (program === fileURLToPath(import.meta.url)) await ask(url!, Number(pid))
