/** Reads the people of a directory's export, row by row, whatever its size. */
import { UserError } from '../../errors.ts'
import { addressMeanings, sameNamedColumns } from './columns.ts'
import type { Uses } from './describe-table.ts'
import { type ReadRow, readRow } from './read-row.ts'
import type { Table } from './read-table.ts'
import { stateMeanings } from './state/person-state.ts'

/** One row of the file. Lines count from 1. */
export type Row = { line: number } & ReadRow

/** What an import makes of the columns. */
export const importUses: Uses = [
  ['email', addressMeanings],
  ['username', ['login', 'principalName', 'accountName']],
  ['firstName', ['firstName']],
  ['lastName', ['lastName']],
  ['displayName', ['displayName']],
  ['department', ['department']],
  ['personId', ['personId']],
  ['personalMeetingRoomId', ['roomId', 'roomLink', 'newLink', 'oldLink', 'outcome']],
  ['state', stateMeanings.filter(meaning => meaning !== 'principalName')],
  ['pinned', ['pinned']],
]

/** @throws UserError where nobody could be addressed, two columns have one name, or licences are of other sites alone. */
export function checkImportColumns({ name, columns }: Table, siteUrl: string): void {
  const { places, licences } = columns
  if (!addressMeanings.some(meaning => places.has(meaning))) {
    throw new UserError(`${name} has no column with e-mail addresses; name one of its columns email.`)
  }
  const twice = sameNamedColumns(
    columns,
    importUses.flatMap(([, meanings]) => meanings),
  )
  if (twice !== undefined)
    throw new UserError(`${name} has two columns called "${twice}"; rename or remove one of them.`)
  const sites = [...new Set(licences.map(({ site }) => site))]
  if (sites.length > 0 && !sites.includes(siteUrl)) {
    throw new UserError(
      `${name} has the licences of ${sites.slice(0, 5).join(', ')}, and none of ${siteUrl}; import it with --site ${sites[0]}, or remove these columns to make everybody a host.`,
    )
  }
}

export async function* readPeople(
  table: Table,
  siteUrl: string,
  onBytes: (read: number) => void = () => {},
): AsyncGenerator<Row> {
  for await (const row of table.rows({ onBytes })) {
    if ('fault' in row) yield row
    else yield { line: row.line, ...readRow(row.cells, table.columns, siteUrl) }
  }
}
