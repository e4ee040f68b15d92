import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { exportPeople } from '../../directory/export-people.ts'
import { type Checked, checkPeople, type ImportDeps, importPeople } from '../../directory/import-people.ts'
import { exitCodes, UserError } from '../../errors.ts'
import { chosenSite, commandLineActor, type StoreOptions, withStore } from '../options/local-store.ts'
import { progressBar } from '../output/progress-bar.ts'

export interface ImportOptions extends StoreOptions {
  site?: string | undefined
  partial?: true | undefined
  dryRun?: true | undefined
  json?: true | undefined
}

/** The faults that are printed; the rest is counted. */
const maxFaultsShown = 20

export async function importFile(path: string, options: ImportOptions): Promise<void> {
  await withStore(options, async store => {
    const site = await chosenSite(store, options.site)
    const actor = commandLineActor()
    const bar = progressBar()
    const deps: ImportDeps = { store, site, path, actor, onProgress: bar.show }
    const { checked, added } = await checkAndImport(deps, options).finally(bar.end)
    if (added > 0) {
      const { present, faulty } = checked
      await store.write('recordAuditEvent', {
        ...actor,
        now: Date.now(),
        event: {
          siteId: site.site_id,
          action: 'people.imported',
          subject: basename(path),
          detail: { added, present, faulty },
        },
      })
    }
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ siteUrl: site.url, added, ...counts(checked) }, null, 2)}\n`
        : renderImport(checked, added, {
            siteUrl: site.url,
            path,
            dryRun: options.dryRun === true,
            partial: options.partial === true,
          }),
    )
    if (checked.faulty > 0) process.exitCode = exitCodes.refusedItems
  })
}

async function checkAndImport(
  deps: ImportDeps,
  { partial, dryRun }: ImportOptions,
): Promise<{ checked: Checked; added: number }> {
  const checked = await checkPeople(deps)
  const stop = dryRun || (checked.faulty > 0 && !partial)
  return { checked, added: stop ? 0 : await importPeople(deps, checked) }
}

function counts({ good, present, faulty, faults }: Checked) {
  return { good, present, faulty, faults }
}

interface About {
  siteUrl: string
  path: string
  dryRun: boolean
  partial: boolean
}

export function renderImport({ good, present, faulty, faults }: Checked, added: number, about: About): string {
  const shown = faults.slice(0, maxFaultsShown)
  const lines = shown.map(({ line, fault }) => `  line ${line}: ${fault}`)
  if (faulty > shown.length) lines.push(`  … and ${faulty - shown.length} more`)
  if (faulty > 0) lines.unshift(`${about.path} has ${rows(faulty)} that cannot be imported:`)

  if (about.dryRun) lines.push(`${people(good)} would be added to ${about.siteUrl}; nothing was written.`)
  else if (faulty > 0 && !about.partial) {
    lines.push(`Nothing was imported; fix these rows, or add the other ${people(good)} with --partial.`)
  } else lines.push(`${people(added)} added to ${about.siteUrl}.`)
  if (present > 0) lines.push(`${people(present)} already exist and stay as they are.`)
  return `${lines.join('\n')}\n`
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`
}

export async function exportFile(path: string, options: StoreOptions & { site?: string | undefined }): Promise<void> {
  await withStore(options, async store => {
    const site = await chosenSite(store, options.site)
    const output = path === '-' ? process.stdout : createWriteStream(path, { mode: 0o600 })
    await exportPeople(store.db, site, output).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      if (error.syscall === undefined) throw error
      throw new UserError(`Cannot write ${path} (${error.code}); give another file.`)
    })
  })
}
