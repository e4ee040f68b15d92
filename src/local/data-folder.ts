import { existsSync, readFileSync, type Stats, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../errors.ts'

/**
 * The folder for the database, the first token and the address of the running service: the given one, else `./.roomkey`
 * inside a checkout of Roomkey, else the platform's place for application data.
 *
 * @throws UserError where others may write to it: whoever replaces the token in it is an administrator.
 */
export function dataFolder(named: string | undefined): string {
  const folder = named !== undefined ? resolve(named) : inCheckout() ? resolve('.roomkey') : platformFolder()
  if (process.platform !== 'win32') refuseOpenFolder(folder)
  return folder
}

const [byGroup, byAnybody, sticky] = [0o020, 0o002, 0o1000]

function refuseOpenFolder(folder: string): void {
  const found = describe(folder)
  if (found !== undefined && (found.mode & byAnybody || isOpenToGroup(found))) {
    throw new UserError(
      `Others may write to the data folder ${folder}, and could make themselves administrators; close it with chmod go-w ${folder}, or give another one with --data.`,
    )
  }
  // Whoever may write to a folder above can put another one in its place, except where only owners may rename.
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const mode = describe(above)?.mode ?? 0
    if (mode & byAnybody && !(mode & sticky)) {
      throw new UserError(
        `Others may write to ${above}, and so replace the data folder ${folder}; close it with chmod o-w ${above}, or give another one with --data.`,
      )
    }
  }
}

/** Undefined where it is not there yet or cannot be looked at: whoever makes or opens it says why. */
function describe(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** Volumes of containers belong to root, and are shared through a group that only the container has. */
function isOpenToGroup({ mode, uid }: Stats): boolean {
  return (mode & byGroup) !== 0 && !(uid === 0 && process.getuid?.() !== 0)
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
