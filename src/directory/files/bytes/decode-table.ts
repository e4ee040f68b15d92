/** The text of a table, piece by piece, with \n as its only line end. */
import { UserError } from '../../../errors.ts'
import { decoderOf, type Encoding, firstBrokenLine } from './encoding.ts'
import type { TableSource } from './table-source.ts'

/**
 * Byte order marks at the start and Ctrl-Z at the end (once the end of a file under DOS) are left out.
 * @param onBytes is told how far the reading has come.
 * @throws UserError for bytes that mean nothing in this encoding, and for U+FFFD, which stands where letters were lost.
 */
export async function* decodeTable(
  source: TableSource,
  encoding: Encoding,
  onBytes: (read: number) => void = () => {},
): AsyncGenerator<string> {
  const decode = decoderOf(encoding)
  let read = 0
  let lines = 1
  let beginning = true
  /** Line ends and Ctrl-Z at the end of a chunk: what they mean depends on what follows. */
  let held = ''
  for await (const chunk of chunksAndEnd(source)) {
    let text = held + decoded(decode, chunk, source, encoding, lines)
    held = ''
    if (beginning && text !== '') {
      text = text.replace(/^\ufeff+/, '')
      beginning = text === ''
    }
    const end = endOfLastLine(text)
    if (chunk === undefined) text = text.slice(0, end) + text.slice(end).split(ctrlZ, 1)[0]
    else {
      held = text.slice(end)
      text = text.slice(0, end)
    }
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
    refuseLostText(text, source, lines)
    lines += countLines(text)
    if (text !== '') yield text
    read += chunk?.length ?? 0
    onBytes(read)
  }
}

const ctrlZ = '\u001a'

function endOfLastLine(text: string): number {
  let end = text.length
  while (end > 0 && `\r\n${ctrlZ}`.includes(text[end - 1]!)) end -= 1
  return end
}

async function* chunksAndEnd(source: TableSource): AsyncGenerator<Buffer | undefined> {
  yield* source.bytes()
  yield undefined
}

function decoded(
  decode: (chunk?: Uint8Array) => string,
  chunk: Buffer | undefined,
  { name }: TableSource,
  encoding: Encoding,
  line: number,
): string {
  try {
    return decode(chunk)
  } catch {
    if (encoding !== 'utf-8') {
      throw new UserError(
        `${name} is not ${encoding} (near line ${line}); save it as "CSV UTF-8", or give another --encoding.`,
      )
    }
    const broken = chunk === undefined ? undefined : firstBrokenLine(chunk)
    const where = broken === undefined ? '' : ` (line ${line + broken.line}: ${JSON.stringify(shown(broken.text))}?)`
    throw new UserError(
      `${name} is neither UTF-8 nor UTF-16${where}; save it as "CSV UTF-8", or read it with --encoding windows-1252 where it comes from Windows.`,
    )
  }
}

function shown(line: string): string {
  return line.trim().slice(0, 60)
}

function refuseLostText(text: string, { name }: TableSource, line: number): void {
  const at = text.search(/[\ufffd\0]/)
  if (at === -1) return
  const where = `${name}, line ${line + countLines(text.slice(0, at))}`
  if (text[at] === '\0') throw new UserError(`${where}, holds zero bytes: it is not text; save it as "CSV UTF-8".`)
  throw new UserError(
    `${where}, has lost characters (it holds "\ufffd"): it was saved in the wrong encoding. Export it again as "CSV UTF-8".`,
  )
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
