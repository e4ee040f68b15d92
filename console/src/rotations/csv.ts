/** A file with the people of a rotation, and optionally their new IDs. The service reads it, whatever its encoding. */
export interface Csv {
  name: string
  file: File
  /** Whether one of its first lines names a column for new IDs. */
  hasIds: boolean
}

export async function readCsv(file: File): Promise<Csv> {
  const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
  return { name: file.name, file, hasIds: namesIds(start) }
}

export function hasIds(csv: Csv | null): boolean {
  return csv?.hasIds ?? false
}

/** In UTF-16 every other byte of the name is zero. */
function namesIds(bytes: Uint8Array): boolean {
  const start = Array.from(bytes, byte => (byte === 0 ? '' : String.fromCharCode(byte))).join('')
  return /personal\W?(?:meeting\W?)?room\W?(?:id|link|url)/i.test(start)
}
