/**
 * Attacks the built service, one attack after the other, each on a service of its own with its default limits, and
 * prints what became of everybody else meanwhile: how soon `/healthz` was answered, and what memory and computing the service took.
 *
 *     npm run attack [-- --seconds 10] [--people 2000] [--only rehearsals]
 */
import { parseArgs } from 'node:util'
import Table from 'cli-table3'
import { type Attack, prepareAttacks } from '../devtools/attacks/attacked.ts'
import { attacks } from '../devtools/attacks/attacks.ts'
import { type Probed, probe } from '../devtools/attacks/probe.ts'
import { removeFolder, serve, stop, temporaryFolder, tokenOf } from '../devtools/child-service.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    people: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
  },
})

const site = 'example.webex.com'
const person = 'john.andersen@example.com'

const table = new Table({ head: ['attack', 'outcome', 'median', 'p99', 'max', 'MiB', 'CPU ms'] })
for (const [name, attack] of Object.entries(attacks)) {
  if (!name.includes(values.only)) continue
  const [outcome, { median, p99, max, mebibytes, cpu }] = await suffer(attack)
  const figures = [median, p99, max, mebibytes, cpu].map(Math.round)
  process.stderr.write(`${name}: ${[outcome, ...figures].join(', ')}\n`)
  table.push([name, outcome, ...figures])
}
process.stdout.write(`/healthz in milliseconds, and the most memory of the service:\n${table.toString()}\n`)

async function suffer(attack: Attack): Promise<[outcome: string, Probed]> {
  const folder = await temporaryFolder()
  const words = ['--demo', values.people, '--rate-limit', '600', '--allow-private-webhooks']
  const service = await serve(folder, words)
  try {
    const attacked = await prepareAttacks(service.url, await tokenOf(folder), site, person)
    const probing = probe(service.url, service.process.pid!)
    const outcome = await attack(attacked, Number(values.seconds))
    const probed = await probing.end()
    const ended = service.process.exitCode !== null || service.process.signalCode !== null
    const words = Object.entries(outcome).map(([what, count]) => `${count} × ${what}`)
    return [[...words, ...(ended ? ['the process ended'] : [])].join(', '), probed]
  } finally {
    await stop(service, 'SIGKILL')
    await removeFolder(folder)
  }
}
