/**
 * How long the audit of a million rooms takes, and how much memory it needs: `npm run build && npx tsx bench/audit.ts [rooms]`.
 *
 * Every kind of site is audited in a process of its own, so that the peak of memory is its own. The people come from
 * the demo generator; the time to generate them is measured apart, since the audit goes through them twice.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type AuditedRoom, auditRooms } from '#roomkey/audit/audit-rooms.js'
import { type Chance, seededChance } from '#roomkey/demo/chance.js'
import { type DemoPerson, demoPeople } from '#roomkey/demo/people.js'
import { proposeRoomId } from '#roomkey/rooms/id-rule.js'

type IdOf = (person: DemoPerson, chance: Chance) => string

const longestSeconds = 30
const mostMegabytes = 400
const draw = (chance: Chance) => (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet.charAt(chance.below(alphabet.length))).join('')

const kinds: Record<string, IdOf> = {
  emailPrefix: person => proposeRoomId({ method: 'emailPrefix', prefix: 'pr', length: 12 }, person, () => '').id,
  random: (person, chance) => proposeRoomId({ method: 'random', prefix: 'pr', length: 12 }, person, draw(chance)).id,
  number: (person, chance) =>
    proposeRoomId({ method: 'meetingNumber', prefix: 'pr', length: 12 }, person, draw(chance)).id,
  ownChoice: (person, chance) =>
    `${chance.pick(['the', 'blue', 'x'])}${person.email.split('@')[0]}${chance.below(900)}`,
}

const [, , rooms = '1000000', kind] = process.argv
if (kind === undefined) runEachKind(Number(rooms))
else await auditOne(kind, Number(rooms))

function runEachKind(count: number): void {
  console.log(`${count} rooms; at most ${longestSeconds} s and ${mostMegabytes} MB for a million`)
  console.log(
    'Where the machine has other work to do, the wall time says little, and the CPU time is too high as well.\n',
  )
  console.log(['IDs'.padEnd(12), 'wall s', ' CPU s', 'of which people', 'peak MB', 'rooms/CPU s'].join('   '))
  for (const name of Object.keys(kinds)) {
    const argv = [...process.execArgv, fileURLToPath(import.meta.url), String(count), name]
    console.log(execFileSync(process.execPath, argv, { encoding: 'utf8' }).trimEnd())
  }
}

async function auditOne(name: string, count: number): Promise<void> {
  const idOf = kinds[name]!
  const people = await measure(() => {
    for (const _ of siteRooms(idOf, count));
  })
  const audit = await measure(() => auditRooms(() => siteRooms(idOf, count), { now: Date.now() }))
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  const cells = [
    audit.wall.toFixed(1).padStart(6),
    audit.cpu.toFixed(1).padStart(6),
    (2 * people.cpu).toFixed(1).padStart(15),
    peakMegabytes.toFixed(0).padStart(7),
    (count / audit.cpu).toFixed(0).padStart(11),
  ]
  console.log([name.padEnd(12), ...cells].join('   '))
}

function* siteRooms(idOf: IdOf, count: number): Generator<AuditedRoom> {
  const chance = seededChance(7)
  for (const person of demoPeople(count)) {
    yield {
      ...person,
      roomId: idOf(person, chance),
      since: 1_600_000_000_000 + chance.below(1e11),
      siteUrl: 'example.webex.com',
    }
  }
}

/** Seconds on the clock, and seconds of this process's own computing. */
async function measure(work: () => unknown): Promise<{ wall: number; cpu: number }> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}
