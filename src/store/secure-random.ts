import { randomFillSync } from 'node:crypto'

/** Random bytes not yet used: asking the system for 4,096 at a time costs less than asking for a few. */
const bytes = Buffer.alloc(4096)
let used = bytes.length

/**
 * Random characters from an alphabet of at most 256 letters, uniformly distributed, from the system's secure generator.
 * Bytes beyond the last whole multiple of the alphabet are discarded, so that no letter is likelier than another.
 */
export function secureRandomText(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    const byte = nextByte()
    if (byte < limit) text += alphabet[byte % alphabet.length]
  }
  return text
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
