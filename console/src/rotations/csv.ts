/** A file with the people of a rotation, and optionally their new IDs. The service reads it, whatever its encoding. */
export interface Csv {
  name: string
  /** The bytes of the file. */
  base64: string
  /** Whether one of its first lines names a column for new IDs. */
  hasIds: boolean
}

export async function readCsv(file: File): Promise<Csv> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { name: file.name, base64: toBase64(bytes), hasIds: namesIds(bytes) }
}

export function hasIds(csv: Csv | null): boolean {
  return csv?.hasIds ?? false
}

/** In UTF-16 every other byte of the name is zero. */
function namesIds(bytes: Uint8Array): boolean {
  const start = Array.from(bytes.subarray(0, 4096), byte => (byte === 0 ? '' : String.fromCharCode(byte))).join('')
  return /personal\W?(?:meeting\W?)?room\W?(?:id|link|url)/i.test(start)
}

/** A call with a million arguments would be too many. */
const bytesPerCall = 8192

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += bytesPerCall) {
    text += String.fromCharCode(...bytes.subarray(start, start + bytesPerCall))
  }
  return btoa(text)
}
