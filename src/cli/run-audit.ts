/** Audits the rooms of Roomkey's own database, of a target, or of a CSV, and shows the result. */
import { describeTable, type TableDescription } from '../directory/files/describe-table.ts'
import { auditUses, roomsOfTable } from '../directory/files/rooms-of-table.ts'
import { describeFreshness } from '../directory/sync/freshness.ts'
import { UserError } from '../errors.ts'
import { streamPrivateFile, writePrivateFile } from '../files/private-file.ts'
import { openRoomCsv } from '../guessability/csv/write-rooms-csv.ts'
import { renderAuditHtml, renderComparisonHtml } from '../guessability/render/render-html.ts'
import { renderAuditText, renderComparisonText } from '../guessability/render/render-text.ts'
import {
  type AuditOptions as AuditRoomsOptions,
  auditRooms,
  type RoomSource,
} from '../guessability/site-report/audit-rooms.ts'
import { compareAudits } from '../guessability/site-report/compare-audits.ts'
import { readAudit } from '../guessability/site-report/read-audit.ts'
import { knownIdsOfSite, roomsOfSite } from '../guessability/site-report/rooms-of-site.ts'
import { render } from '../messages/render.ts'
import { drawnBits } from '../rotations/planning/drawn-bits.ts'
import { freshnessOf } from '../store/mirror/next-rooms.ts'
import type { Store } from '../store/store.ts'
import type { Audit } from '../wire/audit.ts'
import { chosenSite, withStore } from './options/local-store.ts'
import { readInput } from './options/read-input.ts'
import { sayTable, withTable } from './options/tables.ts'
import { explainingTarget } from './options/target-route.ts'
import { targetUrl } from './options/target-tokens.ts'
import { roomsOfTarget } from './rooms-of-target.ts'

export interface AuditOptions {
  site?: string | undefined
  encoding?: string | undefined
  target?: string | undefined
  report?: string | undefined
  csv?: string | undefined
  compare?: string | undefined
  json?: true | undefined
  data?: string | undefined
  database?: string | undefined
}

export async function runAudit(file: string | undefined, options: AuditOptions): Promise<void> {
  // Read first, so that a wrong file is found before the work and not after it.
  const earlier =
    options.compare === undefined ? undefined : readAudit(await readInput(options.compare), options.compare)
  const { audit, table, restsOn } = await auditWhat(file, options)
  if (table !== undefined && !options.json) sayTable(table)
  if (audit.rooms === 0) throw new UserError(nothingToJudge(file))
  if (options.report !== undefined) {
    const page = earlier === undefined ? renderAuditHtml(audit) : renderComparisonHtml(compareAudits(earlier, audit))
    writePrivateFile(options.report, page)
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ ...audit, table }, null, 2)}\n`)
  else process.stdout.write(`${sayAudit(audit, earlier, options)}\n${restsOn ?? ''}`)
}

function sayAudit(audit: Audit, earlier: Audit | undefined, { report, csv }: AuditOptions): string {
  const text = earlier === undefined ? renderAuditText(audit) : renderComparisonText(compareAudits(earlier, audit))
  const written = [report, csv].filter(file => file !== undefined).map(file => `${file} is written.`)
  return [text, ...written].join('\n\n')
}

function nothingToJudge(file: string | undefined): string {
  return file === undefined
    ? 'There is no room to judge: nobody on the site has one; check --site, or import people.'
    : `There is no room to judge: no row of ${file} has an ID or a link; fill in that column.`
}

interface Audited {
  audit: Audit
  /** Of a file: which columns were taken, and sentences about its rows. */
  table?: TableDescription & { notes: string[] }
  /** Of a mirrored site: how fresh it is, as a line. */
  restsOn?: string
}

async function auditWhat(file: string | undefined, options: AuditOptions): Promise<Audited> {
  if (file !== undefined && options.target !== undefined) {
    throw new UserError('Give a CSV or a target, not both.')
  }
  if (file !== undefined) return auditFile(file, options)
  if (options.target !== undefined) return { audit: await auditTarget(options) }
  return withStore(options, store => auditStore(store, options))
}

function auditFile(file: string, options: AuditOptions): Promise<Audited> {
  return withTable(file, options, async table => {
    const { source, notes } = roomsOfTable(table)
    const audit = await auditSource(source, {}, options)
    return { audit, table: { ...describeTable(table, auditUses), notes } }
  })
}

async function auditStore(store: Store, options: AuditOptions): Promise<Audited> {
  const site = await chosenSite(store, options.site)
  const rule = { prefix: site.id_prefix, length: site.id_length, drawn: await drawnBits(store.db, site.url) }
  const known = await knownIdsOfSite(store.db, site)
  const audit = await auditSource(() => roomsOfSite(store.db, site), { rule, known }, options)
  if (site.record_holder === 'held') return { audit }
  const freshness = describeFreshness(await freshnessOf(store.db, site.site_id), Date.now())
  return { audit, restsOn: `\nThis rests on the mirror of ${site.target}, ${render(freshness)}.\n` }
}

async function auditTarget(options: AuditOptions): Promise<Audit> {
  const { site } = options
  if (site === undefined)
    throw new UserError('Say which site of the target with --site, e.g. --site example.webex.com.')
  const rooms = await explainingTarget(() => roomsOfTarget(targetUrl(options), site.toLowerCase(), options))
  return auditSource(() => rooms, {}, options)
}

async function auditSource(
  source: RoomSource,
  known: Pick<AuditRoomsOptions, 'rule' | 'known'>,
  { csv }: AuditOptions,
): Promise<Audit> {
  const now = Date.now()
  if (csv === undefined) return auditRooms(source, { now, ...known })
  return streamPrivateFile(csv, async to => {
    const rows = openRoomCsv(to)
    const audit = await auditRooms(source, { now, ...known, onRoom: room => rows.add(room) })
    await rows.end()
    return audit
  })
}
