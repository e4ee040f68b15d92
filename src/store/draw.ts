import { randomBytes } from 'node:crypto'

/**
 * Draws characters uniformly from an alphabet of at most 256 letters, out of the system's secure generator. Bytes
 * beyond the last whole multiple of the alphabet are thrown away, so that no letter is likelier than another.
 */
export function drawSecurely(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length)
  let drawn = ''
  while (drawn.length < length) {
    for (const byte of randomBytes(length - drawn.length + 8)) {
      if (byte < limit && drawn.length < length) drawn += alphabet[byte % alphabet.length]
    }
  }
  return drawn
}
