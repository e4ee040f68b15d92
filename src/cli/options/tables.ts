/** What the commands share that read a table. */

import { openSource } from '../../directory/files/bytes/table-source.ts'
import { renderTableDescription, type TableDescription } from '../../directory/files/describe-table.ts'
import { type ReadList, readPeopleList } from '../../directory/files/people-list.ts'
import { openTable, type Table, type TableOptions } from '../../directory/files/read-table.ts'

/** Opens a table by its path (`-` for standard input), does something with it, and closes it whatever happens. */
export async function withTable<Result>(
  path: string,
  { encoding }: TableOptions,
  work: (table: Table) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(path)
  try {
    return await work(await openTable(source, { encoding }))
  } finally {
    await source.close()
  }
}

/** The people that a file lists for a site. */
export function readListFile(path: string, { site, encoding }: TableOptions & { site: string }): Promise<ReadList> {
  return withTable(path, { encoding }, table => readPeopleList(table, site))
}

/** Says on standard error, so that what is printed for programs stays as it is, which columns were taken for what. */
export function sayTable({ notes, ...description }: TableDescription & { notes?: string[] }): void {
  const lines = (notes ?? []).map(note => `  ${note.replaceAll('\n', '\n  ')}\n`)
  process.stderr.write(renderTableDescription(description) + lines.join(''))
}
