/**
 * How long `roomkey audit` takes over a CSV of a site's rooms, and how much memory, for each way in which sites make
 * IDs.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Chance, seededChance } from '#roomkey/demo/chance.js'
import { type DemoPerson, demoPeople } from '#roomkey/demo/people.js'
import { proposeRoomId } from '#roomkey/rooms/id-rule.js'
import { alternate, type Metric, median } from './measure.ts'
import { runCommand } from './processes.ts'

type IdOf = (person: DemoPerson, chance: Chance) => string

const million = 1_000_000
/** For a million rooms. */
const maxSeconds = 30
const maxMegabytes = 400
const draw = (chance: Chance) => (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet.charAt(chance.below(alphabet.length))).join('')
const byRule = (method: 'emailPrefix' | 'random' | 'meetingNumber') => (person: DemoPerson, chance: Chance) =>
  proposeRoomId({ method, prefix: 'pr', length: 12 }, person, draw(chance)).id

const kinds: Record<string, IdOf> = {
  'e-mail prefix': byRule('emailPrefix'),
  random: byRule('random'),
  'meeting number': byRule('meetingNumber'),
  'own choice': (person, chance) =>
    `${chance.pick(['the', 'blue', 'x'])}${person.email.split('@')[0]}${chance.below(900)}`,
}

export async function benchAudit({ rooms, rounds }: { rooms: number; rounds: number }): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const peaks: number[] = []
  const runs: Record<string, () => Promise<number>> = {}
  for (const [name, idOf] of Object.entries(kinds)) {
    const file = join(folder, `${name}.csv`)
    await pipeline(Readable.from(csvLines(idOf, rooms)), createWriteStream(file))
    runs[name] = async () => {
      const { seconds, peakMegabytes } = await runCommand(['audit', file, '--json'])
      peaks.push(peakMegabytes)
      return seconds
    }
  }
  const values = await alternate(rounds, runs)
  await rm(folder, { recursive: true, force: true })

  const whole = rooms === million
  const count = rooms.toLocaleString('en')
  return [
    ...Object.entries(values).map(
      ([name, seconds]): Metric => ({
        name: `audit of ${count} rooms, IDs: ${name}`,
        value: median(seconds),
        unit: 's',
        ...(whole ? { target: { max: maxSeconds } } : {}),
      }),
    ),
    {
      name: `audit of ${count} rooms, memory at most`,
      value: Math.max(...peaks),
      unit: 'MB',
      target: { max: maxMegabytes },
    },
  ]
}

/** Written in slices: line by line, the stream would cost more than the file. */
function* csvLines(idOf: IdOf, rooms: number): Generator<string> {
  const chance = seededChance(7)
  let text = 'email,firstName,lastName,username,personalMeetingRoomId,since\n'
  for (const person of demoPeople(rooms)) {
    const since = new Date(1_600_000_000_000 + chance.below(1e11)).toISOString()
    const { email, firstName, lastName, username } = person
    text += `"${[email, firstName, lastName, username ?? '', idOf(person, chance), since].join('","')}"\n`
    if (text.length < 100_000) continue
    yield text
    text = ''
  }
  yield text
}
