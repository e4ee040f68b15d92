import Table from 'cli-table3'
import { Compile } from 'typebox/compile'
import { describeFreshness } from '../../directory/sync/freshness.ts'
import { UserError } from '../../errors.ts'
import { changesRooms, siteAnswer } from '../../http/sites/site-answer.ts'
import { message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import type { GenerationMethod } from '../../rooms/id-rule.ts'
import { freshnessOf } from '../../store/mirror/next-rooms.ts'
import { listSites as readSites, type Site, type SiteChange } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { NewSiteRequest } from '../../wire/sites.ts'
import { chosenSite, commandLineActor, type StoreOptions, withStore } from '../options/local-store.ts'

export async function listSites(options: StoreOptions & { json?: true | undefined }): Promise<void> {
  await withStore(options, async ({ db }) => {
    const sites = await readSites(db, null)
    process.stdout.write(
      options.json
        ? `${JSON.stringify(
            sites.map(site => siteAnswer(site, Date.now())),
            null,
            2,
          )}\n`
        : renderSites(sites) + (await sayMirrors(db, sites)),
    )
  })
}

/** Of each mirrored site, where it is read, and how fresh that is. */
async function sayMirrors(db: Db, sites: Site[]): Promise<string> {
  const lines: string[] = []
  for (const { site_id, url, target, record_holder } of sites) {
    if (record_holder !== 'mirrored') continue
    lines.push(
      `${url} is a mirror of ${target}, ${render(describeFreshness(await freshnessOf(db, site_id), Date.now()))}.\n`,
    )
  }
  return lines.join('')
}

export function renderSites(sites: Site[]): string {
  if (sites.length === 0) return 'There is no site yet; add one with roomkey sites add URL.\n'
  const table = new Table({
    style: { head: [], border: [] },
    head: ['site', 'makes IDs by', 'quarantine', 'hosts choose', 'at least'],
  })
  for (const site of sites) {
    table.push([
      site.url,
      site.generation_method === 'random' ? `${site.id_prefix} + ${site.id_length}` : site.generation_method,
      `${site.quarantine_days} days`,
      site.allow_custom_url === 1 ? 'yes' : 'no',
      site.allow_custom_url === 1 ? `${site.minimum_strength} bits` : '',
    ])
  }
  return `${table.toString()}\n`
}

interface NewSiteOptions extends StoreOptions {
  method: GenerationMethod
  prefix: string
  length: number
  quarantine: number
}

const newSite = Compile(NewSiteRequest)

export async function addSite(url: string, options: NewSiteOptions): Promise<void> {
  const { method, prefix, length, quarantine } = options
  if (!newSite.Check({ siteUrl: url }))
    throw new UserError(`${url} is not a host name; give one such as example.webex.com.`)
  refuseBadPrefix(prefix)
  const added = await withStore(options, store =>
    store.write('createSite', {
      ...commandLineActor(),
      url,
      rule: { method, prefix, length },
      quarantineDays: quarantine,
    }),
  )
  if (added === null) throw new UserError(`The site ${url} already exists; change it with roomkey sites set ${url}.`)
  process.stdout.write(`${url} added.\n`)
}

interface SiteOptions extends StoreOptions {
  method?: GenerationMethod | undefined
  prefix?: string | undefined
  length?: number | undefined
  quarantine?: number | undefined
  minimumStrength?: number | undefined
  customIds?: string | undefined
  movedPage?: string | undefined
  approval?: string | undefined
}

export async function setSite(url: string, options: SiteOptions): Promise<void> {
  const { method, prefix, length, quarantine, minimumStrength, customIds, movedPage, approval } = options
  if (prefix !== undefined) refuseBadPrefix(prefix)
  const changes: SiteChange['changes'] = {
    ...(method === undefined ? {} : { generationMethod: method }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(length === undefined ? {} : { length }),
    ...(quarantine === undefined ? {} : { quarantineDays: quarantine }),
    ...(minimumStrength === undefined ? {} : { minimumStrength }),
    ...(customIds === undefined ? {} : { allowCustomUrl: customIds === 'on' }),
    ...(movedPage === undefined ? {} : { movedPage: movedPage === 'on' }),
    ...(approval === undefined ? {} : { needsApproval: approval === 'on' }),
  }
  if (Object.keys(changes).length === 0) {
    throw new UserError('Say what to change; roomkey sites set --help lists the options.')
  }
  await withStore(options, async store => {
    const site = await chosenSite(store, url)
    if (site.record_holder === 'mirrored' && changesRooms(changes)) {
      throw new UserError(render(message('siteMirrored', { target: site.target ?? '' })))
    }
    await store.write('changeSite', { ...commandLineActor(), siteId: site.site_id, siteUrl: site.url, changes })
  })
  process.stdout.write(`${url} changed.\n`)
}

function refuseBadPrefix(prefix: string): void {
  if (newSite.Check({ siteUrl: 'example.webex.com', prefix })) return
  throw new UserError('--prefix must begin with a letter and have at most 16 letters, digits, "-", "." and "_".')
}
