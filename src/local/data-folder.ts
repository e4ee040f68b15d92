import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * The folder for the database, the first token and the address of the running service: the given one, else `./.roomkey`
 * inside a checkout of Roomkey, else the platform's place for application data.
 */
export function dataFolder(named: string | undefined): string {
  if (named !== undefined) return resolve(named)
  return inCheckout() ? resolve('.roomkey') : platformFolder()
}

function inCheckout(): boolean {
  try {
    return existsSync('tsconfig.json') && JSON.parse(readFileSync('package.json', 'utf8')).name === 'roomkey'
  } catch {
    return false
  }
}

function platformFolder(): string {
  switch (process.platform) {
    case 'win32':
      return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Roomkey')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Roomkey')
    default:
      return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'roomkey')
  }
}
