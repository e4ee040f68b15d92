/** Every file that Roomkey writes with what others must not read: mode 0600, whole or not at all. */
import { createWriteStream, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { finished, type Writable } from 'node:stream'
import { notWritten } from '../messages/system-failure.ts'
import { beginFile } from './unfinished-file.ts'

/** @throws UserError where it cannot be written. */
export function writePrivateFile(path: string, content: string | Buffer): void {
  inItsPlace(path, place => {
    if (!isReplaceable(place)) return writeFileSync(place, content)
    const file = beginFile(place)
    try {
      writeFileSync(file.path, content)
      file.finish()
    } finally {
      file.discard()
    }
  })
}

/**
 * Writes a file as a stream. An error of the work leaves nothing behind either.
 *
 * @param work writes to the stream that it is given; whether it also ends it does not matter.
 * @throws UserError where it cannot be written.
 */
export function streamPrivateFile<Result>(path: string, work: (to: Writable) => Promise<Result>): Promise<Result> {
  return madePrivately(path, async place => {
    const to = createWriteStream(place, { flags: 'w' })
    const written = new Promise<void>((resolve, reject) =>
      finished(to, error => (error == null ? resolve() : reject(error))),
    )
    // The work may never notice that nothing can be written any longer.
    const result = await Promise.race([work(to), written.then(() => new Promise<never>(() => {}))]).catch(
      async (error: unknown) => {
        to.destroy()
        await written.catch(() => {})
        throw error
      },
    )
    to.end()
    await written
    return result
  })
}

/** Has a file made by whoever can only be given its path, such as a database. It is there as an empty file. */
export function madePrivately<Result>(path: string, make: (path: string) => Promise<Result>): Promise<Result> {
  return inItsPlace(path, async place => {
    if (!isReplaceable(place)) return make(place)
    const file = beginFile(place)
    try {
      const result = await make(file.path)
      file.finish()
      return result
    } finally {
      file.discard()
    }
  })
}

/** The text of a file, or undefined where it does not exist. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A file, or none yet. A device or a pipe, such as /dev/stdout, is written to and never replaced. */
function isReplaceable(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ?? true
}

/** Works on the file that a link leads to, and explains what the system says. */
function inItsPlace<Result>(path: string, work: (place: string) => Result): Result {
  const explain = (error: unknown) => {
    throw notWritten(error, path)
  }
  try {
    const result = work(statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path))
    return result instanceof Promise ? (result.catch(explain) as Result) : result
  } catch (error) {
    return explain(error)
  }
}
