/** Other processes of a benchmark: a program that runs to its end, and the service as its users run it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

/** A server prints its URL long before this many characters. */
const maxOutput = 100_000

const program = new URL('../dist/main.js', import.meta.url).pathname

/** Runs a benchmark's own program in a process of its own, and returns what it printed. */
export async function runBench(name: string, ...words: (string | number)[]): Promise<string> {
  const file = new URL(`./${name}.ts`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(`bench/${name}.ts ended with ${child.exitCode}.`)
  return output
}

export interface Finished {
  seconds: number
  peakMegabytes: number
  output: string
}

/** Runs a Roomkey command to its end as a user would, and returns how long it took and its peak memory. */
export async function runCommand(words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let peakMegabytes = 0
  const look = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, memoryOf(child.pid!, 'VmHWM'))
  }, 100)
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  clearInterval(look)
  if (child.exitCode !== 0) throw new Error(`roomkey ${words[0]} ended with ${child.exitCode}: ${complaint}`)
  return { seconds: (performance.now() - started) / 1000, peakMegabytes, output }
}

/** Megabytes of memory that a process uses (VmRSS), or its peak (VmHWM); 0 once it is gone. */
export function memoryOf(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  try {
    return Number(new RegExp(`${which}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Starts a server program that prints its URL; `ready` finds the URL in the output. */
export async function startServer(file: string, words: string[], ready: RegExp, environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [file, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const killAtExit = () => child.kill()
  process.once('exit', killAtExit)
  const url = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      // Its output is read to the end: a server that nobody reads blocks when its pipe is full.
      if (output.length < maxOutput) output += chunk
      const found = ready.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`${file} ended before it answered: ${output}`)))
  })
  return {
    url,
    pid: child.pid!,
    async stop(): Promise<void> {
      process.off('exit', killAtExit)
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

export interface ServiceSettings {
  /** The data folder. */
  folder: string
  database: string
  port?: number
  /** Calls a minute per token; none unless given. */
  limit?: number
  /** A fault script. */
  faults?: string
  environment?: NodeJS.ProcessEnv
}

export function startService({ folder, database, port = 0, limit, faults, environment }: ServiceSettings) {
  const place = ['--data', folder, '--database', database, '--port', String(port)]
  const words = ['serve', ...place, '--rate-limit', String(limit ?? 'off'), '--log', 'error']
  if (faults !== undefined) words.push('--faults', faults)
  return startServer(program, words, /service\s+(http:\S+)/, environment)
}
