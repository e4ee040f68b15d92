/**
 * How long the audit of a million rooms takes, and how much memory: `npx tsx bench/audit.ts [rooms]`.
 *
 * Every kind of site is audited in a process of its own, so that the peak of memory is its own. The people come from
 * the demo generator; the time to generate them is measured apart, since the audit goes through them twice.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type AuditedRoom, auditRooms } from '../src/audit/audit-rooms.ts'
import { type Chance, seededChance } from '../src/demo/chance.ts'
import { type DemoPerson, demoPeople } from '../src/demo/people.ts'
import { proposeRoomId } from '../src/rooms/id-rule.ts'

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

const [, script = '', rooms = '1000000', kind] = process.argv
if (kind === undefined) runEachKind(Number(rooms))
else await auditOne(kind, Number(rooms))

function runEachKind(count: number): void {
  console.log(`${count} rooms; at most ${longestSeconds} s and ${mostMegabytes} MB for a million\n`)
  console.log('IDs            audit s   of which people s   peak MB   rooms/s')
  for (const name of Object.keys(kinds)) {
    const argv = [...process.execArgv, fileURLToPath(import.meta.url) || script, String(count), name]
    console.log(execFileSync(process.execPath, argv, { encoding: 'utf8' }).trimEnd())
  }
}

async function auditOne(name: string, count: number): Promise<void> {
  const idOf = kinds[name]!
  const peopleSeconds = await seconds(async () => {
    for (const _ of rooms0(idOf, count));
  })
  const auditSeconds = await seconds(() => auditRooms(() => rooms0(idOf, count), { now: Date.now() }))
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  const cells = [
    auditSeconds.toFixed(1).padStart(8),
    (2 * peopleSeconds).toFixed(1).padStart(20),
    peakMegabytes.toFixed(0).padStart(10),
  ]
  console.log(
    name.padEnd(14),
    ...cells,
    Math.round(count / auditSeconds)
      .toString()
      .padStart(9),
  )
}

function* rooms0(idOf: IdOf, count: number): Generator<AuditedRoom> {
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

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
