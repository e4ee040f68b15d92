/**
 * Where a table comes from: a file, standard input, a pipe, or text that was sent. Every source can be read more than
 * once, because most readers check a whole table before they act on it.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { UserError } from '../../../errors.ts'
import { aboutFile } from '../../../messages/system-failure.ts'
import { spoolStream } from './spool-stream.ts'

export interface TableSource {
  /** How messages call it. */
  name: string
  /** Bytes in all. */
  size: number
  /** Begins a pass. */
  bytes(): AsyncIterable<Buffer>
  /** Removes what was kept of a pipe. */
  close(): Promise<void>
}

/** Opened by these names, a socket in the place of standard input would be refused (ENXIO). */
const standardInput = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])

const chunkSize = 256 * 1024

/**
 * Opens a file by its path; `-` is standard input. What can be read only once (a pipe, `/dev/stdin`, `<(…)`) is first
 * copied to a private file.
 * @throws UserError when there is no such file, it is a folder, or it cannot be read.
 */
export async function openSource(path: string): Promise<TableSource> {
  if (standardInput.has(path)) return spooled(process.stdin, 'standard input')
  try {
    const { size, ...found } = await describe(path)
    if (found.isFolder) throw new UserError(`${path} is a folder; give the file in it.`)
    if (!found.isFile) return await spooled(createReadStream(path), path)
    return { name: path, size, bytes: () => readFile(path), close: async () => {} }
  } catch (error) {
    throw explained(error, path)
  }
}

async function describe(path: string) {
  const found = await stat(path)
  return { size: found.size, isFile: found.isFile(), isFolder: found.isDirectory() }
}

/** What can be read only once, kept in a private file until `close`. */
export async function spooled(stream: NodeJS.ReadableStream, name: string): Promise<TableSource> {
  if (stream === process.stdin && process.stdin.isTTY) {
    process.stderr.write('Reading standard input; end it with Ctrl-D.\n')
  }
  const { size, read, remove } = await spoolStream(stream, chunkSize)
  return { name, size, bytes: read, close: remove }
}

async function* readFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>
  } catch (error) {
    throw explained(error, path)
  }
}

/** A system error about a file, as a sentence for the person who named it. */
function explained(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new UserError(
      `Cannot keep a copy of ${path}: the folder for temporary files is full; give a file, or set TMPDIR.`,
    )
  }
  return aboutFile(error, path)
}

/** A table that was sent; a pass lets others have their turn between pieces. */
export function bytesSource(name: string, bytes: Buffer): TableSource {
  return { name, size: bytes.length, bytes: () => pieces(bytes), close: async () => {} }
}

/** A piece this long is parsed in a few milliseconds. */
const pieceSize = 2 ** 16

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceSize) {
    yield bytes.subarray(start, start + pieceSize)
    await yieldToEventLoop()
  }
}
