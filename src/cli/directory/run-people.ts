import { exportPeople } from '../../directory/export-people.ts'
import { describeTable } from '../../directory/files/describe-table.ts'
import { importUses } from '../../directory/files/read-people.ts'
import type { ImportDeps } from '../../directory/import-people.ts'
import { importTable } from '../../directory/import-table.ts'
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
      const wish = { partial: options.partial === true, dryRun: options.dryRun === true }
      const { checked, added } = await importTable(deps, wish).finally(bar.end)
      const description = describeTable(table, importUses, true)
      if (options.json) {
        const { mixedIds: _, ...counts } = checked
        const answer = { siteUrl: site.url, added, ...counts, table: description }
        process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
      } else {
        sayTable(description)
        process.stdout.write(renderImport(checked, added, { siteUrl: site.url, file: table.name, ...wish }))
      }
      if (checked.faulty > 0) process.exitCode = exitCodes.refusedItems
    }),
  )
}

export async function exportFile(path: string, options: StoreOptions & { site?: string | undefined }): Promise<void> {
  await withStore(options, async store => {
    const site = await chosenSite(store, options.site)
    if (path === '-') await exportPeople(store.db, site, process.stdout)
    else await streamPrivateFile(path, to => exportPeople(store.db, site, to))
  })
}
