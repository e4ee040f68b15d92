/** Other processes of a benchmark: a program to its end, and the service as its users run it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const program = new URL('../dist/main.js', import.meta.url).pathname

/** Runs a benchmark's own program in a process of its own, and gives what it printed. */
export async function runBench(name: string, ...words: (string | number)[]): Promise<string> {
  const file = new URL(`./${name}.ts`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (child.exitCode !== 0) throw new Error(`bench/${name}.ts ended with ${child.exitCode}.`)
  return output
}

/** Starts a server program that prints where it answers; `ready` finds the URL in what it printed. */
export async function startServer(file: string, words: string[], ready: RegExp) {
  const child = spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const url = ready.exec(output)?.[1]
    if (url === undefined) continue
    child.stdout.resume()
    return {
      url,
      pid: child.pid!,
      async stop(): Promise<void> {
        child.kill('SIGTERM')
        if (child.exitCode === null) await once(child, 'exit')
      },
    }
  }
  throw new Error(`${file} ended before it answered: ${output}`)
}

export function startService(folder: string, database: string) {
  const words = [
    'serve',
    '--data',
    folder,
    '--database',
    database,
    '--port',
    '0',
    '--rate-limit',
    'off',
    '--log',
    'error',
  ]
  return startServer(program, words, /service\s+(http:\S+)/)
}
