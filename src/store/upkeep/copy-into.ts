import { existsSync } from 'node:fs'
import { madePrivately } from '../../files/private-file.ts'
import { openStore } from '../open-store.ts'
import { makeSingleFile } from '../sqlite/database-file.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { type CopiedTable, copyDatabase, refuseUnlessEmpty } from './copy.ts'

/**
 * Copies one database into another by their URLs. An SQLite is made beside its place and renamed at the end, so that it
 * is there as a whole or not at all; a PostgreSQL must be given a new database where a copy was interrupted.
 *
 * @throws StoreError where the target holds anything, or is an SQLite that another process has open.
 */
export async function copyInto(
  fromUrl: string,
  toUrl: string,
  onProgress: (progress: CopiedTable) => void,
): Promise<CopiedTable[]> {
  const copyTo = (url: string) => withStores(fromUrl, url, (from, to) => copyDatabase(from, to, onProgress))
  const path = sqlitePath(toUrl)
  if (path === undefined) return copyTo(toUrl)
  if (existsSync(path)) await refuseInUse(path)
  return madePrivately(path, async place => {
    const copied = await copyTo(`sqlite:${place}`)
    makeSingleFile(place)
    return copied
  })
}

/** A log beside the file belongs to somebody who has it open, and would be read into the copy. */
async function refuseInUse(path: string): Promise<void> {
  const store = await openStore(`sqlite:${path}`, 'upkeep')
  await refuseUnlessEmpty(store).finally(() => store.close())
  if (existsSync(`${path}-wal`)) {
    throw new StoreError(`${path} is in use by another process; stop it, or copy into a new file.`)
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

/** The file of an SQLite database that is not in memory. */
export function sqlitePath(url: string): string | undefined {
  if (!url.startsWith('sqlite:') || url === 'sqlite::memory:') return undefined
  return url.slice('sqlite:'.length).replace(/^\/\//, '')
}
