/** Keeps what comes out of a pipe in a file that only this user can read, until it is removed. */
import { createWriteStream, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface Spooled {
  path: string
  /** In bytes. */
  size: number
  remove(): Promise<void>
}

export async function spoolStream(stream: NodeJS.ReadableStream): Promise<Spooled> {
  // mkdtemp makes the folder with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-table-'))
  const removeNow = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeNow)
  const path = join(folder, 'table')
  const file = createWriteStream(path, { mode: 0o600 })
  try {
    await pipeline(stream, file)
  } catch (error) {
    removeNow()
    throw error
  }
  return {
    path,
    size: file.bytesWritten,
    async remove() {
      process.off('exit', removeNow)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
