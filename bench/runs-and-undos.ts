/**
 * Runs and undoes a rotation again and again on PostgreSQL, as the service does it, and stops at the first that does not
 * finish: the workers of one run must never make each other fail. Prints how long each took.
 *
 *     npx tsx bench/runs-and-undos.ts --people 5000 --rounds 20
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { roomkey, serve, stop, tokenOf } from '../devtools/child-service.ts'
import { startPostgres } from '../devtools/postgres-server.ts'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '20' } },
})
const server = await startPostgres()
const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
const env = { DATABASE_URL: server.url('postgres') }
const service = await serve(folder, ['--demo', values.people], env)
const headers = { authorization: `Bearer ${await tokenOf(folder)}` }
const rotations = `${service.url}/api/sites/example.webex.com/rotations`

async function call(method: string, path: string, body?: object) {
  const json = body && { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
  const answer = await fetch(rotations + path, { method, headers, ...json })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { number: number; state: string; stopReason?: string; counts?: object }
}

async function until(number: number, wanted: string) {
  for (;;) {
    const rotation = await call('GET', `/${number}`)
    if (rotation.state === wanted) return rotation
    if (['failed', 'stopped', 'finished'].includes(rotation.state)) {
      throw new Error(`Rotation ${number} is ${rotation.state}: ${rotation.stopReason}`)
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function run(begun: { number: number }, what: string) {
  const began = performance.now()
  await until(begun.number, 'planned')
  const planned = performance.now()
  await call('POST', `/${begun.number}/start`)
  const { counts } = await until(begun.number, 'finished')
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1)
  console.log(
    `${what}: planned in ${seconds(began, planned)} s, run in ${seconds(planned, performance.now())} s`,
    counts,
  )
}

try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const plan = await call('POST', '', {
      people: { who: 'everyone' },
      ids: { kind: 'random', bits: 64, prefix: '' },
      canary: 10,
      freeze: true,
    })
    await run(plan, `round ${round}, rotation ${plan.number}`)
    const undo = await call('POST', `/${plan.number}/undo`)
    await run(undo, `round ${round}, undo ${undo.number}`)
  }
  const { stdout } = await roomkey(['db', 'check'], { env })
  console.log(stdout.split('\n').at(-2))
  const raced = service.output.split('\n').filter(line => /serialize|broke off/.test(line))
  console.log(`${values.rounds} rounds without a stop; lines about lost races in the log: ${raced.length}`)
} finally {
  await stop(service)
  await server.remove()
  await rm(folder, { recursive: true, force: true })
}
