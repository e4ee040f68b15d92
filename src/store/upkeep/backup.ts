import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { madePrivately } from '../../files/private-file.ts'
import { beginFile } from '../../files/unfinished-file.ts'
import { copyDatabaseFile, isRoomkeyFile, makeSingleFile } from '../sqlite/database-file.ts'
import { StoreError } from '../store-error.ts'
import { type CopiedTable, copyDatabase } from './copy.ts'
import { copyInto, sqlitePath, withStores } from './copy-into.ts'

/**
 * Writes the whole database into one file, while the service keeps running. The file is a SQLite database of Roomkey,
 * whatever engine it came from: it can be inspected, served, or restored into either engine.
 */
export async function backUp(url: string, file: string, onProgress: (progress: CopiedTable) => void): Promise<void> {
  if (existsSync(file)) throw new StoreError(`${file} already exists; choose another name.`)
  await madePrivately(file, async unfinished => {
    const path = sqlitePath(url)
    if (path !== undefined) await copyDatabaseFile(path, unfinished)
    else await withStores(url, `sqlite:${unfinished}`, (from, to) => copyDatabase(from, to, onProgress))
    makeSingleFile(unfinished)
  })
}

/** Restores a backup into a database that does not exist yet, or is empty. */
export async function restore(file: string, url: string, onProgress: (progress: CopiedTable) => void): Promise<void> {
  if (!isRoomkeyFile(file)) {
    throw new StoreError(`${file} is not a backup of Roomkey; give a file that roomkey db backup wrote.`)
  }
  const path = sqlitePath(url)
  if (path !== undefined && !existsSync(path)) return madePrivately(path, unfinished => copyContent(file, unfinished))
  // Opening migrates an older backup to this version's tables, so a copy is opened.
  const opened = beginFile(file)
  try {
    await copyContent(file, opened.path)
    await copyInto(`sqlite:${opened.path}`, url, onProgress)
  } finally {
    opened.discard()
  }
}

/** The system's own copy takes over the permissions of the original. */
function copyContent(file: string, to: string): Promise<void> {
  return pipeline(createReadStream(file), createWriteStream(to, { flags: 'r+' }))
}
