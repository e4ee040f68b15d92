/** What the commands on Roomkey's own database share; they work whether the service runs or not. */
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { UserError } from '../../errors.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { dataFolder } from '../../local/data-folder.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import { openStore } from '../../store/open-store.ts'
import { findSite, listSites, type Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import { databaseOption, dataOption } from './data-options.ts'

export interface StoreOptions {
  data?: string | undefined
  database?: string | undefined
}

/** Adds the options that say which database. */
export function storeOptions(command: CommandUnknownOpts): void {
  command.addOption(dataOption()).addOption(databaseOption())
}

/** Runs something on the database, and always closes it. */
export async function withStore<Result>(
  { data, database }: StoreOptions,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const folder = dataFolder(data)
  if (database === undefined) makeFolder(folder)
  const store = await openStore(database ?? `sqlite:${join(folder, 'roomkey.sqlite')}`, 'upkeep')
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** The site with this URL, or the only one. @throws UserError that lists the existing sites. */
export async function chosenSite({ db }: Store, url: string | undefined): Promise<Site> {
  if (url !== undefined) {
    const site = await findSite(db, url)
    if (site !== undefined) return site
  }
  const sites = await listSites(db, null)
  const [only] = sites
  if (url === undefined && only !== undefined && sites.length === 1) return only
  const named = sites
    .slice(0, 5)
    .map(site => site.url)
    .join(', ')
  if (only === undefined) throw new UserError('There is no site yet; add one with roomkey sites add URL.')
  throw new UserError(
    url === undefined
      ? `Say which site with --site: ${named}.`
      : `There is no site ${url}; there are ${named}. Add it with roomkey sites add ${url}.`,
  )
}

/** The actor for the audit log: somebody at this machine's command line. */
export function commandLineActor(): Actor {
  return { tokenId: `command-line:${userName()}`, trackingId: `ROOMKEY_${randomUUID()}`, now: Date.now() }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}
