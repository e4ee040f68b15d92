/** Imports the people of a table into a site: what the command line and the service do with one. */
import type { Checked, ImportDeps } from './import-people.ts'
import { checkPeople, importPeople } from './import-people.ts'

export interface ImportWish {
  /** Adds the people in valid rows even if other rows are invalid. */
  partial: boolean
  /** Checks everything, writes nothing. */
  dryRun: boolean
}

export interface Imported {
  checked: Checked
  /** People who were added. */
  added: number
}

/** @throws UserError where it is no table of people, or the site was changed by somebody else meanwhile. */
export async function importTable(deps: ImportDeps, { partial, dryRun }: ImportWish): Promise<Imported> {
  const checked = await checkPeople(deps)
  if (dryRun || (checked.faulty > 0 && !partial)) return { checked, added: 0 }
  const added = await importPeople(deps, checked)
  if (added > 0) await recordImport(deps, checked, added)
  return { checked, added }
}

async function recordImport({ store, site, table, actor }: ImportDeps, { present, faulty }: Checked, added: number) {
  const event = {
    siteId: site.site_id,
    action: 'people.imported',
    subject: table.name.slice(table.name.lastIndexOf('/') + 1),
    detail: { added, present, faulty },
  }
  await store.write('recordAuditEvent', { ...actor, now: Date.now(), event })
}
