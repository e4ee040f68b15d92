/** How fast people are imported from a CSV into a new site, and how much memory it takes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPeople } from '#roomkey/demo/people.js'
import { alternate, type Metric, median } from './measure.ts'
import { runCommand } from './processes.ts'

const site = 'bench.webex.com'
/** Whatever the number of people. */
const maxMegabytes = 300

export async function benchImport({ people, rounds }: { people: number; rounds: number }): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const file = join(folder, 'people.csv')
  const lines = Array.from(demoPeople(people), person => {
    const { email, firstName, lastName, displayName, department } = person
    return `"${[email, firstName, lastName, displayName, department].join('","')}"`
  })
  await writeFile(file, `email,firstName,lastName,displayName,department\n${lines.join('\n')}\n`)
  const peaks: number[] = []
  let runs = 0
  const values = await alternate(rounds, {
    async import() {
      runs += 1
      const data = join(folder, String(runs))
      await runCommand(['sites', 'add', site, '--data', data])
      const { seconds, peakMegabytes } = await runCommand(['people', 'import', file, '--data', data])
      peaks.push(peakMegabytes)
      await rm(data, { recursive: true })
      return people / seconds
    },
  })
  await rm(folder, { recursive: true, force: true })
  const count = people.toLocaleString('en')
  return [
    { name: `import of ${count} people, SQLite`, value: median(values.import), unit: 'people/s' },
    {
      name: `import of ${count} people, memory at most`,
      value: Math.max(...peaks),
      unit: 'MB',
      target: { max: maxMegabytes },
    },
  ]
}
