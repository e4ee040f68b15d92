import { existsSync } from 'node:fs'
import { StoreError } from '../store-error.ts'
import { openDatabase } from './driver.ts'
import { asStoreFailure } from './failure.ts'

/** Pages per step: all of them, since a copy in several steps starts over whenever something is written in between. */
const allPages = 2 ** 31 - 1

/** Copies a database that may be in use into a file of its own, as it is at one moment. */
export async function copyDatabaseFile(path: string, to: string): Promise<void> {
  if (!existsSync(path))
    throw new StoreError(`There is no database at ${path}; name the one to back up with --database.`)
  const connection = openDatabase(path, { readonly: true })
  try {
    await connection.backup(to, { progress: () => allPages }).catch((error: unknown) => {
      throw asStoreFailure(error)
    })
  } finally {
    connection.close()
  }
}

/** Makes a database that nobody has open a single file that reading leaves unchanged: no log beside it. */
export function makeSingleFile(path: string): void {
  const connection = openDatabase(path)
  try {
    connection.pragma('journal_mode = delete')
  } finally {
    connection.close()
  }
}

/** Whether a file is a SQLite database with Roomkey's tables. */
export function isRoomkeyFile(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    const connection = openDatabase(path, { readonly: true })
    try {
      return (
        connection.prepare("select 1 from sqlite_master where type = 'table' and name = 'claim'").get() !== undefined
      )
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof StoreError) throw error
    return false
  }
}
