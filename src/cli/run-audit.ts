/** Audits the rooms of Roomkey's own database, of a target, or of a CSV, and shows the result. */
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import { roomsFromCsv } from '../guessability/csv/read-rooms-csv.ts'
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
import type { Store } from '../store/store.ts'
import type { Audit } from '../wire/audit.ts'
import { chosenSite, withStore } from './options/local-store.ts'
import { readInput } from './options/read-input.ts'
import { explainingTarget } from './options/target-route.ts'
import { targetUrl } from './options/target-tokens.ts'
import { roomsOfTarget } from './rooms-of-target.ts'

export interface AuditOptions {
  site?: string | undefined
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
  const audit = await auditWhat(file, options)
  if (options.report !== undefined) {
    const page = earlier === undefined ? renderAuditHtml(audit) : renderComparisonHtml(compareAudits(earlier, audit))
    await writeFile(options.report, page)
  }
  if (options.json) process.stdout.write(`${JSON.stringify(audit, null, 2)}\n`)
  else process.stdout.write(`${sayAudit(audit, earlier, options)}\n`)
}

function sayAudit(audit: Audit, earlier: Audit | undefined, { report, csv }: AuditOptions): string {
  const text = earlier === undefined ? renderAuditText(audit) : renderComparisonText(compareAudits(earlier, audit))
  const written = [report, csv].filter(file => file !== undefined).map(file => `${file} is written.`)
  return [text, ...written].join('\n\n')
}

function auditWhat(file: string | undefined, options: AuditOptions): Promise<Audit> {
  if (file !== undefined && options.target !== undefined) {
    throw new UserError('Give a CSV or a target, not both.')
  }
  if (file !== undefined) return auditSource(roomsFromCsv(file), {}, options)
  if (options.target !== undefined) return auditTarget(options)
  return withStore(options, store => auditStore(store, options))
}

async function auditStore(store: Store, options: AuditOptions): Promise<Audit> {
  const site = await chosenSite(store, options.site)
  const rule = { prefix: site.id_prefix, length: site.id_length }
  const known = await knownIdsOfSite(store.db, site)
  return auditSource(() => roomsOfSite(store.db, site), { rule, known }, options)
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
  const rows = openRoomCsv(createWriteStream(csv))
  const audit = await auditRooms(source, { now, ...known, onRoom: room => rows.add(room) })
  await rows.end()
  return audit
}
