/** The sizes of the database and its write-ahead log, on either engine. */
import { statSync } from 'node:fs'
import pg from 'pg'

export interface Lengths {
  databaseBytes: number
  walBytes: number
}

export interface Files {
  lengths(): Promise<Lengths>
  close(): Promise<void>
}

export async function watchFiles(database: string): Promise<Files> {
  return database.startsWith('sqlite:') ? watchSqlite(database.slice('sqlite:'.length)) : watchPostgres(database)
}

function watchSqlite(path: string): Files {
  const length = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return {
    lengths: async () => ({ databaseBytes: length(path), walBytes: length(`${path}-wal`) }),
    close: async () => undefined,
  }
}

async function watchPostgres(database: string): Promise<Files> {
  const client = new pg.Client(database)
  await client.connect()
  return {
    async lengths() {
      const { rows } = await client.query<{ database: string; wal: string }>(
        'select pg_database_size(current_database()) as database, (select sum(size) from pg_ls_waldir()) as wal',
      )
      return { databaseBytes: Number(rows[0]!.database), walBytes: Number(rows[0]!.wal) }
    },
    close: () => client.end(),
  }
}
