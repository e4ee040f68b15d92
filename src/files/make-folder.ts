import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Creates the folder and its missing parents, readable only by their owner. One by one, because Node 20's recursive
 * mkdir never returns from a file system that refuses with ENOENT, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
  // Whatever the umask takes away.
  chmodSync(folder, 0o700)
}
