import { createRequire } from 'node:module'
import type Driver from 'better-sqlite3'
import { StoreError } from '../store-error.ts'

/** What better-sqlite3 13 needs: with less, it ends the process with a segmentation fault. Node has it from 22.14 on. */
const neededNodeApi = 10

let driver: typeof Driver | undefined

/** Opens a database file with the driver that is sound on this Node; sqlite-for-node-20/index.js says why there are two. */
export function openDatabase(path: string, options?: Driver.Options): Driver.Database {
  driver ??= loadDriver()
  return new driver(path, options)
}

/** Not before a database is opened, so that neither PostgreSQL nor `--help` needs it. */
function loadDriver(): typeof Driver {
  const isOld = Number(process.versions.napi) < neededNodeApi
  const load = createRequire(import.meta.url)
  try {
    return load(isOld ? '#sqlite-for-node-20' : 'better-sqlite3')
  } catch (error) {
    const [reason] = (error as Error).message.trim().split('\n')
    const remedy = isOld ? 'use Node 24' : 'install Roomkey again with this Node'
    throw new StoreError(
      `Cannot load the SQLite driver for Node ${process.versions.node} (${reason}); ${remedy}, or use PostgreSQL with --database.`,
    )
  }
}
