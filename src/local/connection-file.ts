/** Stores the connections of this machine, each by its API's origin, in one file that only its owner can read. */
import { join } from 'node:path'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'
import type { ConnectionFile, StoredConnection } from '../webex/sign-in/connection.ts'

export function connectionFile(folder: string, url: string): ConnectionFile {
  const path = join(folder, 'sign-in.json')
  const { origin } = new URL(url)

  function readAll(): Record<string, StoredConnection> {
    try {
      return JSON.parse(readIfThere(path) ?? '{}')
    } catch {
      return {}
    }
  }

  function writeAll(connections: Record<string, StoredConnection>): void {
    writePrivateFile(path, JSON.stringify(connections, null, 2))
  }

  return {
    read: () => readAll()[origin],
    write: connection => writeAll({ ...readAll(), [origin]: connection }),
    remove() {
      const { [origin]: _, ...others } = readAll()
      writeAll(others)
    },
  }
}
