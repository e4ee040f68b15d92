/** Classifies SQLite's errors by what they mean for the caller. Source of the codes: sqlite.org/rescode.html. */
import { StoreDamaged, StoreUnavailable } from '../store-error.ts'

/**
 * Converts an error to what callers of a store expect, with what to do about it; errors that mean nothing to them are
 * returned unchanged.
 */
export function asStoreFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new StoreDamaged(
      `The database is damaged (${message}); stop the service, look with roomkey db check, and restore a backup.`,
      { cause: error },
    )
  }
  const why = whyNotNow(code, message)
  return why === undefined ? error : new StoreUnavailable(`The database cannot be used now: ${why}.`, { cause: error })
}

/** Nothing was written, and it may pass. */
function whyNotNow(code: string, message: string): string | undefined {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'another process holds it; wait for that, or stop it'
  if (/^SQLITE_FULL/.test(code)) return 'its disk is full; free some space'
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code))
    return `its disk refuses (${message}); see that it works and has space left`
  return undefined
}

/** Runs something on SQLite, converting its errors to what callers of a store expect. */
export function explained<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asStoreFailure(error)
  }
}
