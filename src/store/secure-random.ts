import { randomFillSync } from 'node:crypto'

/** Random bytes that wait to be used, each once: asking the system for a few at a time costs more than drawing them. */
const bytes = Buffer.alloc(4096)
let used = bytes.length

/**
 * Draws characters uniformly from an alphabet of at most 256 letters, out of the system's secure generator. Bytes
 * beyond the last whole multiple of the alphabet are thrown away, so that no letter is likelier than another.
 */
export function secureRandomText(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length)
  let drawn = ''
  while (drawn.length < length) {
    const byte = nextByte()
    if (byte < limit) drawn += alphabet[byte % alphabet.length]
  }
  return drawn
}

function nextByte(): number {
  if (used === bytes.length) {
    randomFillSync(bytes)
    used = 0
  }
  const byte = bytes[used]!
  // Nothing that was drawn stays behind in memory.
  bytes[used] = 0
  used += 1
  return byte
}
