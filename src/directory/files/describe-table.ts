/** Says which column of a table was taken for what, and which were not used: nothing is dropped without a word. */
import type { Meaning } from './column-names.ts'
import type { Table } from './read-table.ts'

/** What a door makes of a table: each of its fields, and the columns that can give it, the best first. */
export type Uses = readonly (readonly [field: string, meanings: readonly Meaning[]])[]

export interface TableDescription {
  file: string
  encoding: string
  separator: string
  /** By field, the columns that give it: where one is empty, the next; `state` and `licences` take all of theirs. */
  columns: Record<string, string[]>
  notUsed: string[]
  /** Texts above the header, which were passed over. */
  aboveHeader: string[]
}

/** @param usesLicences whether the columns of licences are read. */
export function describeTable({ name, encoding, delimiter, columns, above }: Table, uses: Uses, usesLicences = false) {
  const { header, places, licences } = columns
  const fields = uses.map(
    ([field, meanings]) => [field, meanings.flatMap(meaning => places.get(meaning) ?? [])] as const,
  )
  const licencePlaces = usesLicences ? licences.map(({ place }) => place) : []
  const used = new Set([...fields.flatMap(([, found]) => found), ...licencePlaces])
  // What a region is in one directory and a state in another counts by its cells.
  const nameOf = (place: number) =>
    places.get('maybeState')?.includes(place) ? `${header[place]} (where it names one)` : header[place]!
  const named = [...fields, ['licences', licencePlaces] as const].filter(([, found]) => found.length > 0)
  return {
    file: name,
    encoding,
    separator: delimiter === '\t' ? 'tab' : delimiter,
    columns: Object.fromEntries(named.map(([field, found]) => [field, found.map(nameOf)])),
    notUsed: header.filter((column, place) => column !== '' && !used.has(place)),
    aboveHeader: above,
  } satisfies TableDescription
}

export function renderTableDescription({ file, columns, notUsed, aboveHeader }: TableDescription): string {
  const fields = Object.entries(columns).map(
    ([field, names]) => `${field} from ${names.map(quote).join(takesAll(field) ? ', ' : ', else ')}`,
  )
  const lines = [`${file}: ${fields.join('; ')}.`]
  if (notUsed.length > 0) lines.push(`  Not used: ${notUsed.map(quote).join(', ')}.`)
  if (aboveHeader.length > 0) lines.push(`  Above the header, passed over: ${aboveHeader.map(quote).join(', ')}.`)
  return `${lines.join('\n')}\n`
}

function takesAll(field: string): boolean {
  return field === 'state' || field === 'licences'
}

function quote(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`
}
