/** The service as its users run it: a process of its own, called over a socket. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectNoSecret, expectNoSecretIn } from './secrets.ts'

export const program = new URL('../dist/main.js', import.meta.url).pathname

export interface ChildService {
  process: ChildProcess
  url: string
  /** Its output so far. */
  readonly output: string
}

/** All services started by this file's tests. */
const services: ChildService[] = []

/** What any of the services has logged about one call. */
export function linesAbout(trackingId: string): string[] {
  return services.flatMap(({ output }) => output.split('\n').filter(line => line.includes(trackingId)))
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'roomkey-test-'))
}

export async function removeFolder(folder: string): Promise<void> {
  await expectNoSecretIn(folder)
  await rm(folder, { recursive: true, force: true })
}

/** Starts `roomkey serve` on a free port and waits for its banner. @param main of another installation */
export async function serve(
  folder: string,
  words: string[] = [],
  env: Record<string, string> = {},
  main = program,
): Promise<ChildService> {
  const child = spawn(
    process.execPath,
    [main, 'serve', '--data', folder, '--port', '0', '--rate-limit', 'off', '--log', 'error', ...words],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  child.stdout!.on('data', data => {
    output += data
  })
  child.stderr!.on('data', data => {
    output += data
  })
  for (;;) {
    const url = /service\s+(http:\S+)/.exec(output)?.[1]
    if (url !== undefined && output.includes('Ctrl-C')) {
      const service: ChildService = {
        process: child,
        url,
        get output() {
          return output
        },
      }
      services.push(service)
      return service
    }
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${output}`)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  }
}

export async function stop(service: ChildService, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  const { process: child } = service
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  expectNoSecret(service.output.replace(/token +rk_\S+ +\(shown once, /, ''), 'the output of a service')
  return child.exitCode
}

/** Runs one command to its end. */
export async function roomkey(
  words: string[],
  { input = '', env = {}, cwd }: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {},
) {
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, ...env }, cwd })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', data => {
    stdout += data
  })
  child.stderr.on('data', data => {
    stderr += data
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  const said = words[0] === 'token' ? stderr : stdout + stderr
  expectNoSecret(said, `the output of roomkey ${words.join(' ')}`)
  return { code: code as number, stdout, stderr }
}

export async function tokenOf(folder: string): Promise<string> {
  return (await readFile(join(folder, 'token'), 'utf8')).trim()
}

/** Sends one batch to the example site. Returns undefined when no answer came. */
export async function sendBatch(url: string, token: string, personalMeetingRoomIds: unknown[]) {
  try {
    const response = await fetch(`${url}/v1/admin/meetingPreferences/personalMeetingRoom/refreshId`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ siteUrl: 'example.webex.com', personalMeetingRoomIds }),
    })
    const body = (await response.json()) as {
      personalMeetingRoomIds: { email: string; personalMeetingRoomId: string }[]
    }
    return { status: response.status, body }
  } catch {
    return undefined
  }
}
