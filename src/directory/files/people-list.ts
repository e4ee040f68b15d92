/** The people that a table lists, as a plan takes them. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { emailKey } from '../../rooms/email-address.ts'
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

/** Then others have their turn: a list may be of half a million people. */
const peoplePerTurn = 2000

/**
 * @param siteUrl the site that is meant: rows about others are passed over.
 * @throws UserError that names the rows at fault.
 */
export async function readPeopleList(table: Table, siteUrl: string): Promise<ReadList> {
  const { people, elsewhere, tidied } = await readListedPeople(table, siteUrl.toLowerCase())
  const keyed = new Map<string, string | null>()
  const lines = new Map<string, number>()
  for (const [index, { email, personId, roomId, line }] of people.entries()) {
    const key = email === null ? personId! : emailKey(email)
    keyed.set(key, roomId)
    lines.set(key, line)
    if (index % peoplePerTurn === peoplePerTurn - 1) await yieldToEventLoop()
  }
  return {
    list: { file: table.name, people: keyed, lines },
    table: describeTable(table, listUses),
    notes: [
      ...(elsewhere > 0 ? [`${elsewhere} rows about other sites: passed over.`] : []),
      ...(tidied.length > 0 ? [tidiedNote(tidied)] : []),
    ],
  }
}
