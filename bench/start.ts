/** From the start of the process to the first answer, and the memory a second later, beside a bare Fastify. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { alternate, type Figure, median } from './measure.ts'
import { fill } from './prepared-site.ts'
import { startServer, startService } from './processes.ts'

export async function benchStart({ rounds }: { rounds: number }): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const database = `sqlite:${join(folder, 'start.sqlite')}`
  await fill(database, 1000)
  const bare = join(folder, 'bare.cjs')
  await build({
    entryPoints: [new URL('./bare-fastify.ts', import.meta.url).pathname],
    outfile: join(folder, 'bare.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })

  const memory: Record<'roomkey' | 'bare', number[]> = { roomkey: [], bare: [] }
  const timed = (name: keyof typeof memory, start: () => ReturnType<typeof startServer>) => async () => {
    const started = performance.now()
    const server = await start()
    await (await fetch(`${server.url}/healthz`)).text()
    const took = performance.now() - started
    await sleep(1000)
    memory[name].push(residentMegabytes(server.pid))
    await server.stop()
    return took
  }
  const values = await alternate(rounds, {
    roomkey: timed('roomkey', () => startService(folder, database)),
    bare: timed('bare', () => startServer(bare.replace('.cjs', '.mjs'), [], /service (http:\S+)/)),
  })
  await rm(folder, { recursive: true, force: true })

  return [
    { name: 'start to first answer', value: median(values.roomkey), unit: 'ms' },
    { name: 'start to first answer, bare Fastify', value: median(values.bare), unit: 'ms' },
    {
      name: 'start / bare Fastify',
      value: median(values.roomkey) / median(values.bare),
      unit: 'ratio',
      target: { most: 1.5 },
    },
    { name: 'memory when idle', value: median(memory.roomkey), unit: 'MB' },
    {
      name: 'memory / bare Fastify',
      value: median(memory.roomkey) / median(memory.bare),
      unit: 'ratio',
      target: { most: 1.6 },
    },
  ]
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}
