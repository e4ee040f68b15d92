/** The people that a table lists, as a plan takes them. */
import { describeTable, type TableDescription } from './describe-table.ts'
import { listUses, readListedPeople, tidiedNote } from './listed-people.ts'
import type { Table } from './read-table.ts'

export interface PeopleList {
  /** What the list is called. */
  file: string
  /** By `emailKey` or by person ID, each with the ID given, or null. */
  people: ReadonlyMap<string, string | null>
  /** By the same keys, the line of each. */
  lines: ReadonlyMap<string, number>
}

export interface ReadList {
  list: PeopleList
  /** Which columns were taken for what. */
  table: TableDescription
  /** Sentences about rows that were passed over or tidied. */
  notes: string[]
}

/**
 * @param siteUrl the site that is meant: rows about others are passed over.
 * @param most how many people it may list.
 * @throws UserError that names the rows at fault.
 */
export async function readPeopleList(
  table: Table,
  siteUrl: string,
  most = Number.POSITIVE_INFINITY,
): Promise<ReadList> {
  const people = new Map<string, string | null>()
  const take = ({ roomId }: { roomId: string | null }, key: string) => people.set(key, roomId)
  const { lines, elsewhere, tidied } = await readListedPeople(table, siteUrl.toLowerCase(), take, most)
  return {
    list: { file: table.name, people, lines },
    table: describeTable(table, listUses),
    notes: [
      ...(elsewhere > 0 ? [`${elsewhere} rows about other sites: passed over.`] : []),
      ...(tidied.length > 0 ? [tidiedNote(tidied)] : []),
    ],
  }
}
