import { closeSync, createReadStream, openSync, type ReadStream, readSync } from 'node:fs'
import { TextDecoder } from 'node:util'
import { UserError } from '../../errors.ts'

/**
 * The text of a file, piece by piece: UTF-8 with or without a byte order mark, or UTF-16LE, which is what Control Hub
 * exports. `onBytes` is called with the number of bytes read so far.
 */
export async function* decodeFile(path: string, onBytes: (read: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(isUtf16(path) ? 'utf-16le' : 'utf-8', { fatal: true })
  let read = 0
  for await (const chunk of opened(path)) {
    read += (chunk as Buffer).length
    yield decode(decoder, path, chunk as Buffer)
    onBytes(read)
  }
  yield decode(decoder, path)
}

function decode(decoder: TextDecoder, path: string, chunk?: Buffer): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch {
    throw new UserError(`${path} is neither UTF-8 nor UTF-16LE; save it as "CSV UTF-8" and try again.`)
  }
}

/** Detected by the byte order mark, or by an ASCII letter in two bytes. */
function isUtf16(path: string): boolean {
  const start = Buffer.alloc(2)
  const file = openSync(path, 'r')
  readSync(file, start, 0, 2, 0)
  closeSync(file)
  return (start[0] === 0xff && start[1] === 0xfe) || (start[0] !== 0 && start[1] === 0)
}

function opened(path: string): ReadStream {
  return createReadStream(path, { highWaterMark: 256 * 1024 })
}
