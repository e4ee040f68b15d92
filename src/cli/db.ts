import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import { dataFolder } from '../local/data-folder.ts'
import { plural } from '../messages/numbers.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { backUp, restore } from '../store/upkeep/backup.ts'
import { checkDatabase } from '../store/upkeep/check.ts'
import type { CopiedTable } from '../store/upkeep/copy.ts'
import { copyInto } from '../store/upkeep/copy-into.ts'
import { distribute, distributionOf } from '../store/upkeep/distribute.ts'
import { rowCounts } from '../store/upkeep/row-counts.ts'
import type { Command } from './command.ts'
import { databaseOption, dataOption } from './options/data-options.ts'

export const db: Command = {
  name: 'db',
  description: 'Maintain the database: migrate, check, backup, restore, copy, distribute',
  setUp(command) {
    const own = (name: string, description: string) =>
      command.command(name).description(description).addOption(dataOption()).addOption(databaseOption())

    own('migrate', "Migrate the database to this version's tables").action(migrate)
    own('check', 'Verify every invariant, and name what is broken').action(check)
    own('backup', 'Write everything to one file; the service may keep running')
      .argument('<file>', 'the file to write')
      .action((file, options) =>
        say(backUp(existing(databaseUrl(options)), resolve(file), reportRows), `Backed up to ${file}`),
      )
    own('restore', 'Bring a backup back into a database that is new or empty')
      .argument('<file>')
      .action((file, options) => say(restore(resolve(file), databaseUrl(options), reportRows), `Restored ${file}`))
    own('distribute', 'Spread a PostgreSQL over the machines of a Citus cluster, by site')
      .option('--dry-run', 'print the statements and change nothing')
      .action(spread)
    command
      .command('copy')
      .description('Copy a database into a new or empty one, from either engine to either')
      .argument('<from>', 'sqlite:PATH or postgres://…; put passwords into PGPASSWORD or ~/.pgpass')
      .argument('<to>', 'sqlite:PATH or postgres://…')
      .action(copy)
  },
}

interface DatabaseOptions {
  database?: string | undefined
  data?: string | undefined
}

async function migrate(options: DatabaseOptions): Promise<void> {
  await withStore(databaseUrl(options), async ({ place }) => {
    process.stdout.write(`${place} has this version's tables.\n`)
  })
}

async function check(options: DatabaseOptions): Promise<void> {
  await withStore(existing(databaseUrl(options)), async store => {
    let broken = 0
    for await (const finding of checkDatabase(store)) {
      broken += finding.broken
      const more = finding.broken - finding.examples.length
      const named = [...finding.examples, ...(more > 0 ? [`and in ${more} more places`] : [])]
      const mark = finding.broken === 0 ? 'ok      ' : 'BROKEN  '
      process.stdout.write([`${mark}${finding.holds}`, ...named.map(place => `          ${place}`), ''].join('\n'))
    }
    if (broken > 0) {
      const places = broken === 1 ? 'one place' : `${broken} places`
      throw new UserError(
        `${store.place} is broken in ${places}; stop the service, and restore a backup from before.`,
        exitCodes.refusedItems,
      )
    }
    process.stdout.write(`${store.place} is clean: ${await sizeOf(store)}.\n`)
  })
}

async function copy(from: string, to: string): Promise<void> {
  const copied = await copyInto(existing(from), to, reportRows)
  endReport()
  for (const { table, rows } of copied) process.stdout.write(`${String(rows).padStart(12)}  ${table}\n`)
}

async function spread(options: DatabaseOptions & { dryRun?: true | undefined }): Promise<void> {
  await withStore(existing(databaseUrl(options)), async store => {
    if (options.dryRun) {
      for (const statement of await distributionOf(store)) process.stdout.write(`${statement};\n`)
      return
    }
    await distribute(store)
    process.stdout.write(`${store.place} is distributed by site; restart the services on it.\n`)
  })
}

async function withStore(url: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(url, 'upkeep')
  try {
    await work(store)
  } finally {
    await store.close()
  }
}

function databaseUrl({ database, data }: DatabaseOptions): string {
  return database ?? `sqlite:${join(dataFolder(data), 'roomkey.sqlite')}`
}

/** Opening creates a missing database file, which is wrong for commands that work on an existing one. */
function existing(url: string): string {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined
  if (path !== undefined && !existsSync(path)) {
    throw new StoreError(`There is no database at ${path}; name it with --database, or its folder with --data.`)
  }
  return url
}

async function sizeOf({ db }: Store): Promise<string> {
  const { site, person, claim, batch } = await rowCounts(db)
  const counts = [plural(site, 'site'), plural(person, 'person', 'people'), plural(claim, 'claim')]
  return [...counts, plural(batch, 'batch', 'batches')].join(', ')
}

async function say(work: Promise<void>, done: string): Promise<void> {
  await work
  endReport()
  process.stdout.write(`${done}.\n`)
}

/** Shows the progress of a copy, on a terminal. */
function reportRows({ table, rows }: CopiedTable): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${table} ${rows.toLocaleString('en')}`)
}

function endReport(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}
