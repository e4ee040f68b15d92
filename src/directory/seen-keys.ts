/**
 * A set of keys with the line on which each was first seen: 12 bytes a key, where a set of the keys themselves takes a
 * hundred. It stores 64 bits of each key's hash, so among a million keys two different ones are confused once in 37
 * million files.
 */
export class SeenKeys {
  #high = new Uint32Array(1024)
  #low = new Uint32Array(1024)
  /** 0 for a free slot. */
  #lines = new Uint32Array(1024)
  #count = 0

  /** Adds a key; if it was seen before, returns the line of the first time. */
  note(key: string, line: number): number | undefined {
    if (this.#count * 2 >= this.#lines.length) this.#grow()
    const high = hash(key, 0x811c9dc5)
    const low = hash(key, 0x9747b28c)
    const slot = this.#slotOf(high, low)
    if (this.#lines[slot] !== 0) return this.#lines[slot]
    this.#put(slot, high, low, line)
    this.#count += 1
    return undefined
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#lines.length - 1
    let slot = low & mask
    while (this.#lines[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  #put(slot: number, high: number, low: number, line: number): void {
    this.#high[slot] = high
    this.#low[slot] = low
    this.#lines[slot] = line
  }

  #grow(): void {
    const [high, low, lines] = [this.#high, this.#low, this.#lines]
    this.#high = new Uint32Array(lines.length * 2)
    this.#low = new Uint32Array(lines.length * 2)
    this.#lines = new Uint32Array(lines.length * 2)
    for (const [slot, line] of lines.entries()) {
      if (line !== 0) this.#put(this.#slotOf(high[slot]!, low[slot]!), high[slot]!, low[slot]!, line)
    }
  }
}

/** MurmurHash3 of the key's UTF-16 units, as an unsigned 32-bit number. */
function hash(key: string, seed: number): number {
  let state = seed
  for (let at = 0; at < key.length; at += 1) {
    let unit = Math.imul(key.charCodeAt(at), 0xcc9e2d51)
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593)
    state ^= unit
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0xe6546b64
  }
  state ^= key.length
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
