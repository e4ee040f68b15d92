import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { UserError } from '../errors.ts'

/**
 * Writes a file that only its owner can read, as a whole or not at all.
 * @throws UserError where its disk is full or its folder is not writable.
 */
export function writePrivateFile(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`
  try {
    writeFileSync(unfinished, text, { mode: 0o600 })
    chmodSync(unfinished, 0o600)
    renameSync(unfinished, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EROFS') rmSync(unfinished, { force: true })
    throw new UserError(
      `Cannot write ${path} (${code}); free space on its disk, or see that you may write to its folder.`,
    )
  }
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
