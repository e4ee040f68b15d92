import { basename } from 'node:path'
import { exportPeople } from '../../directory/export-people.ts'
import { describeTable } from '../../directory/files/describe-table.ts'
import { importUses } from '../../directory/files/read-people.ts'
import { type Checked, checkPeople, type ImportDeps, importPeople } from '../../directory/import-people.ts'
import { renderImport } from '../../directory/render-import.ts'
import { exitCodes, UserError } from '../../errors.ts'
import { streamPrivateFile } from '../../files/private-file.ts'
import { message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { chosenSite, commandLineActor, type StoreOptions, withStore } from '../options/local-store.ts'
import { sayTable, withTable } from '../options/tables.ts'
import { progressBar } from '../output/progress-bar.ts'

export interface ImportOptions extends StoreOptions {
  site?: string | undefined
  encoding?: string | undefined
  partial?: true | undefined
  dryRun?: true | undefined
  json?: true | undefined
}

export async function importFile(path: string, options: ImportOptions): Promise<void> {
  await withTable(path, options, table =>
    withStore(options, async store => {
      const site = await chosenSite(store, options.site)
      if (site.record_holder === 'mirrored') {
        throw new UserError(render(message('siteMirrored', { target: site.target ?? '' })))
      }
      const actor = commandLineActor()
      const bar = progressBar()
      const deps: ImportDeps = { store, site, table, actor, onProgress: bar.show }
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
      const description = describeTable(table, importUses, true)
      if (options.json) {
        process.stdout.write(
          `${JSON.stringify({ siteUrl: site.url, added, ...counts(checked), table: description }, null, 2)}\n`,
        )
      } else {
        sayTable(description)
        const about = {
          siteUrl: site.url,
          file: table.name,
          dryRun: options.dryRun === true,
          partial: options.partial === true,
        }
        process.stdout.write(renderImport(checked, added, about))
      }
      if (checked.faulty > 0) process.exitCode = exitCodes.refusedItems
    }),
  )
}

async function checkAndImport(
  deps: ImportDeps,
  { partial, dryRun }: ImportOptions,
): Promise<{ checked: Checked; added: number }> {
  const checked = await checkPeople(deps)
  const stop = dryRun || (checked.faulty > 0 && !partial)
  return { checked, added: stop ? 0 : await importPeople(deps, checked) }
}

function counts({ good, present, faulty, faults, states, tidied }: Checked) {
  return { good, present, faulty, faults, states, tidied }
}

export async function exportFile(path: string, options: StoreOptions & { site?: string | undefined }): Promise<void> {
  await withStore(options, async store => {
    const site = await chosenSite(store, options.site)
    if (path === '-') await exportPeople(store.db, site, process.stdout)
    else await streamPrivateFile(path, to => exportPeople(store.db, site, to))
  })
}
