/**
 * What a rotation did: who, old and new ID, when, by which call, verified or not. As CSV and JSON lines for
 * machines, streamed, and as one HTML page for people.
 */
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { render } from '../../messages/render.ts'
import { roomLink } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation, type Rotation, type RotationItem } from '../../store/rotations/rotations.ts'
import { fromStored } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'

export interface ReportLine {
  email: string
  name: string
  outcome: string
  reason: string
  oldLink: string
  newLink: string
  /** ISO 8601 in UTC; empty where nothing happened. */
  changedAt: string
  trackingId: string
  verified: string
}

export function reportLine(item: RotationItem, siteUrl: string): ReportLine {
  const { state, old_id, new_id, settled_id, settled_at, tracking_id, verified, reason, email, name } = item
  // A room that was refused or is still to do, and shows its new ID all the same, was changed.
  const isChanged = state === 'done' || verified === 'changed'
  const isHeld = state === 'held'
  const link = (id: string | null) => (id === null ? '' : roomLink(siteUrl, id))
  return {
    email,
    name,
    outcome: isChanged ? 'changed' : state === 'left' ? 'left out' : state,
    reason: reason === null ? '' : render(fromStored(reason)),
    oldLink: link(old_id),
    // A held room has another ID than the old one, where that is known.
    newLink: isChanged || isHeld ? link(settled_id) : link(new_id),
    changedAt: settled_at === null || !isChanged ? '' : new Date(settled_at).toISOString(),
    trackingId: tracking_id ?? '',
    verified: verified ?? '',
  }
}

/** Line by line, without the steps in between. */
export async function* reportLines(db: Db, key: RotationKey): AsyncGenerator<ReportLine> {
  const { site_url } = await getRotation(db, key)
  for await (const items of eachItem(db, key)) {
    for (const item of items) if (item.kind !== 'temporary') yield reportLine(item, site_url)
  }
}

/** CSV that a spreadsheet opens as it should: with a byte order mark, and no cell that it takes for a formula. */
export async function writeReportCsv(db: Db, key: RotationKey, to: Writable): Promise<void> {
  const csv = stringify({ header: true, bom: true, escape_formulas: true })
  await pipeline(Readable.from(reportLines(db, key)), csv, to)
}

export async function writeReportJsonLines(db: Db, key: RotationKey, to: Writable): Promise<void> {
  await pipeline(async function* () {
    for await (const line of reportLines(db, key)) yield `${JSON.stringify(line)}\n`
  }, to)
}

export interface ReportHead {
  rotation: Rotation
  outcomes: Map<string, number>
  verified: Map<string, number>
}

/** Counts for the top of the page, in one pass. */
export async function readReportHead(db: Db, key: RotationKey): Promise<ReportHead> {
  const outcomes = new Map<string, number>()
  const verified = new Map<string, number>()
  for await (const line of reportLines(db, key)) {
    outcomes.set(line.outcome, (outcomes.get(line.outcome) ?? 0) + 1)
    if (line.outcome === 'changed') {
      const seen = line.verified || 'not verified yet'
      verified.set(seen, (verified.get(seen) ?? 0) + 1)
    }
  }
  return { rotation: await getRotation(db, key), outcomes, verified }
}
