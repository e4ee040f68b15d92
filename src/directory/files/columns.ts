/** Which columns of a table mean what. */
import { visibleText } from '../../rooms/email-address.ts'
import { type Meaning, meaningOf } from './column-names.ts'
import { type Licence, readLicence } from './state/licence-columns.ts'

export interface Columns {
  /** The names as the table has them. */
  header: readonly string[]
  /** Where the columns of each meaning stand, counted from 0, the best first. */
  places: ReadonlyMap<Meaning, readonly number[]>
  /** Columns such as `example.webex.com - Webex Meetings Suite`. */
  licences: readonly Licence[]
}

export function recogniseColumns(record: readonly string[]): Columns {
  const header = record.map(name => visibleText(name).replace(/\s+/g, ' ').trim())
  const found = new Map<Meaning, { place: number; rank: number }[]>()
  const licences: Licence[] = []
  for (const [place, name] of header.entries()) {
    const licence = readLicence(name, place)
    if (licence !== undefined) {
      licences.push(licence)
      continue
    }
    const known = meaningOf(name)
    if (known === undefined) continue
    found.set(known.meaning, [...(found.get(known.meaning) ?? []), { place, rank: known.rank }])
  }
  const places = new Map(
    [...found].map(([meaning, columns]) => [
      meaning,
      columns.toSorted((one, other) => one.rank - other.rank).map(({ place }) => place),
    ]),
  )
  return { header, places, licences }
}

/** By which a person can be told from others, the best first. */
export const addressMeanings = ['email', 'addressList', 'principalName', 'login'] as const satisfies Meaning[]

/** Whether these are the names of columns: one of them tells people apart. */
export function namesPeople({ places }: Columns): boolean {
  return places.has('personId') || addressMeanings.some(meaning => places.has(meaning))
}

/** Two columns of the same name and of one of these meanings: nobody can say which one counts. */
export function sameNamedColumns({ header, places }: Columns, meanings: readonly Meaning[]): string | undefined {
  for (const meaning of meanings) {
    const names = (places.get(meaning) ?? []).map(place => header[place]!)
    const seen = new Set<string>()
    for (const name of names) {
      if (seen.has(name.toLowerCase())) return name
      seen.add(name.toLowerCase())
    }
  }
  return undefined
}
