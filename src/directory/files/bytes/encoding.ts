/** Which encoding a table is written in, and how its bytes become text. */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { UserError } from '../../../errors.ts'

/** A name that TextDecoder knows. */
export type Encoding = string

/**
 * By the byte order mark, else by where the zero bytes are: in UTF-16, every other byte of a header is 0. Control Hub
 * exports UTF-16LE with a mark, PowerShell's `-Encoding BigEndianUnicode` UTF-16BE.
 */
export function detectEncoding(start: Buffer): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const looked = start.subarray(0, 1024)
  const zeros = (odd: number) => looked.filter((byte, index) => byte === 0 && index % 2 === odd).length
  const [even, odd] = [zeros(0), zeros(1)]
  // Characters far from Latin have zeros in the other half.
  if (odd > looked.length / 8 && odd > 4 * even) return 'utf-16le'
  if (even > looked.length / 8 && even > 4 * odd) return 'utf-16be'
  return 'utf-8'
}

/** @throws UserError when nobody knows an encoding of this name. */
export function namedEncoding(label: string): Encoding {
  try {
    return new TextDecoder(label.trim()).encoding
  } catch {
    throw new UserError(`There is no encoding "${label}"; give utf-8, utf-16le, utf-16be, windows-1252 or another one.`)
  }
}

/** Bytes 0x80 to 0x9F. Node's own decoder gives control characters for them (nodejs/node#56542). */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Decodes chunk by chunk; without a chunk, what is left at the end. Throws TypeError on bytes that mean nothing. */
export function decoderOf(encoding: Encoding): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (chunk?: Uint8Array) =>
    chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  if (encoding !== 'windows-1252') return decode
  return chunk => decode(chunk).replace(/[\u0080-\u009f]/g, character => windows1252[character.charCodeAt(0) - 0x80]!)
}

/**
 * The first line, counted from 0, of these bytes that is not UTF-8, with its text as Windows-1252 has it. Bytes that
 * continue a character of an earlier chunk are passed over.
 */
export function firstBrokenLine(bytes: Buffer): { line: number; text: string } | undefined {
  const start = bytes.findIndex(byte => byte < 0x80 || byte > 0xbf)
  const lines = bytes.toString('latin1', Math.min(start, 3)).split(/\r\n?|\n/)
  const line = lines.findIndex(text => !isUtf8(Buffer.from(text, 'latin1')))
  if (line === -1) return undefined
  return { line, text: decoderOf('windows-1252')(Buffer.from(lines[line]!, 'latin1')) }
}
