/** The command line options of a soak. */
import { parseArgs } from 'node:util'
import { minRooms } from './site.ts'

export const engineNames = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const

export interface SoakOptions {
  minutes: number
  database: keyof typeof engineNames
  rooms: number
  /** How many IDs each room has carried when it begins. */
  idsEach: number
  /** Of the batches that the service can process. */
  share: number
  /** The folder of the results. */
  out: string
}

/** @throws Error that says which option takes what. */
export function readOptions(): SoakOptions {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      database: { type: 'string', default: 'sqlite' },
      rooms: { type: 'string', default: '20000' },
      'ids-each': { type: 'string', default: '3000' },
      share: { type: 'string', default: '0.7' },
      out: { type: 'string', default: 'soak-results' },
    },
  })
  const database = values.database as keyof typeof engineNames
  const [minutes, rooms] = [Number(values.minutes), Number(values.rooms)]
  const [idsEach, share] = [Number(values['ids-each']), Number(values.share)]
  if (!Object.hasOwn(engineNames, database)) throw new Error('--database takes sqlite or postgres.')
  if (!(minutes > 0 && share > 0 && Number.isInteger(idsEach) && idsEach > 0 && rooms >= minRooms)) {
    throw new Error(
      `--minutes and --share take positive numbers, --ids-each a whole one, --rooms one of at least ${minRooms}.`,
    )
  }
  return { minutes, database, rooms, idsEach, share, out: values.out }
}
