/** Keeps what comes out of a pipe in a file that only this process can read. */
import { rmSync } from 'node:fs'
import { type FileHandle, mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Spooled {
  /** In bytes. */
  size: number
  /** Begins a pass. */
  read(): AsyncIterable<Buffer>
  remove(): Promise<void>
}

export async function spoolStream(stream: NodeJS.ReadableStream, pieceSize: number): Promise<Spooled> {
  // mkdtemp makes the folder with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-table-'))
  const removeNow = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeNow)
  const path = join(folder, 'table')
  const file = await open(path, 'wx+', 0o600)
  // Without a name, nothing of it is left however the process ends. Windows keeps the name of a file that is open.
  if (process.platform !== 'win32') removeNow()
  const remove = async () => {
    process.off('exit', removeNow)
    await file.close()
    removeNow()
  }
  try {
    for await (const piece of stream) await file.appendFile(piece)
    const { size } = await file.stat()
    return { size, read: () => pieces(file, pieceSize), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A stream of an open file would close it, with the first pass that ends early. */
async function* pieces(file: FileHandle, pieceSize: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceSize), 0, pieceSize, position)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}
