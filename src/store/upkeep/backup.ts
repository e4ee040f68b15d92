import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { openStore } from '../open-store.ts'
import { copyDatabaseFile, isRoomkeyFile, makeSingleFile } from '../sqlite/database-file.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { type CopiedTable, copyDatabase } from './copy.ts'

/**
 * Writes the whole database into one file, while the service keeps running. The file is a SQLite database of Roomkey,
 * whatever engine it came from: it can be inspected, served, or restored into either engine.
 */
export async function backUp(url: string, file: string, onProgress: (progress: CopiedTable) => void): Promise<void> {
  if (existsSync(file)) throw new StoreError(`${file} already exists; choose another name.`)
  await whole(file, async unfinished => {
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
  if (path !== undefined && !existsSync(path)) return whole(path, async unfinished => copyFileSync(file, unfinished))
  // Opening migrates an older backup to this version's tables, so a copy is opened.
  const opened = `${file}.restoring-${process.pid}`
  copyFileSync(file, opened)
  try {
    await withStores(`sqlite:${opened}`, url, (from, to) => copyDatabase(from, to, onProgress))
  } finally {
    removeDatabase(opened)
  }
}

/** Opens two databases, and always closes them. */
export async function withStores<Result>(
  fromUrl: string,
  toUrl: string,
  work: (from: Store, to: Store) => Promise<Result>,
): Promise<Result> {
  const from = await openStore(fromUrl, 'upkeep')
  try {
    const to = await openStore(toUrl, 'upkeep')
    try {
      return await work(from, to)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

/** Creates a file as a whole or not at all, readable by its owner alone. */
async function whole(file: string, write: (unfinished: string) => Promise<unknown>): Promise<void> {
  const unfinished = `${file}.unfinished-${process.pid}`
  try {
    await write(unfinished)
    chmodSync(unfinished, 0o600)
    renameSync(unfinished, file)
  } finally {
    removeDatabase(unfinished)
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}

function sqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length).replace(/^\/\//, '') : undefined
}
