import { statSync } from 'node:fs'
import { StoreUnavailable } from '../store-error.ts'

/**
 * Whether the files that a connection has open are still those in its folder. A file that was removed or replaced goes on
 * being written, and all of it is gone when the process ends. Two looks take some microseconds; a commit waits for the
 * disk for longer.
 */
export class SameFile {
  readonly #path: string
  readonly #opened: string

  /** @param path of a database that has just been opened in WAL mode and written. */
  constructor(path: string) {
    this.#path = path
    this.#opened = identity(path)
  }

  /** @throws StoreUnavailable where it is another one, or none; nothing that is written now would be found again. */
  expect(): void {
    if (identity(this.#path) === this.#opened) return
    throw new StoreUnavailable(
      `The database file ${this.#path} was removed or replaced while it was open; stop the service, put the file back, then start it again.`,
    )
  }
}

/** Of the database and of its log, which is there for as long as anybody has the database open. */
function identity(path: string): string {
  return [path, `${path}-wal`]
    .map(file => {
      const found = statSync(file, { throwIfNoEntry: false })
      return found === undefined ? 'none' : `${found.dev}:${found.ino}`
    })
    .join(' ')
}
