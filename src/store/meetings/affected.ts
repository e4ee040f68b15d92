/** Which meetings of the hosts of a rotation were read at its target. */
import type { Selectable } from 'kysely'
import type { MessageOrText } from '../../messages/message.ts'
import type { RotationKey } from '../rotations/journal.ts'
import { fromStored, toStored } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { forgetMeetings } from './forget-readings.ts'
import type { AffectedMeetingRow, MeetingReadingRow } from './meeting-tables.ts'

export type AffectedMeeting = Selectable<AffectedMeetingRow>

export interface ReadSeries {
  seriesId: string
  title: string
  /** When the first and the last occurrence in the window start, in milliseconds since 1970. */
  firstAt: number
  lastAt: number
  occurrences: number
  /** The room's ID in the link that the target shows for it; null where it shows another link. */
  linkId: string | null
}

export interface HostReading {
  /** The line of the rotation. */
  number: number
  now: number
  /** Up to when meetings were asked for. */
  until: number
  /** Whether the room had been changed by then. */
  changed: boolean
  result: { series: ReadSeries[] } | { reason: MessageOrText }
}

/** Keeps what was read of one host: a reading after the change keeps in mind what one before it had seen. */
export async function saveHostMeetings(
  db: Db,
  { reading, ...key }: RotationKey & { reading: HostReading },
): Promise<void> {
  const { number, now, until, changed, result } = reading
  const ofHost = { site_id: key.siteId, rotation: key.rotation, number }
  const series = 'series' in result ? result.series : []
  const row = {
    read_at: now,
    until,
    changed: changed ? 1 : 0,
    reason: 'reason' in result ? toStored(result.reason) : null,
    occurrences: series.reduce((sum, each) => sum + each.occurrences, 0),
  } as const
  if ('series' in result) {
    const seen = await db
      .selectFrom('affected_meeting')
      .select(['series_id', 'seen_before'])
      .where('site_id', '=', key.siteId)
      .where('rotation', '=', key.rotation)
      .where('number', '=', number)
      .execute()
    const before = new Set(seen.filter(({ seen_before }) => seen_before === 1).map(({ series_id }) => series_id))
    await forgetMeetings(db, key, [number])
    for (const each of series) {
      await db
        .insertInto('affected_meeting')
        .values({
          ...ofHost,
          series_id: each.seriesId,
          title: each.title,
          first_at: each.firstAt,
          last_at: each.lastAt,
          occurrences: each.occurrences,
          link_id: each.linkId,
          seen_before: !changed || before.has(each.seriesId) ? 1 : 0,
        })
        .execute()
    }
  }
  await db
    .insertInto('meeting_reading')
    .values({ ...ofHost, ...row })
    .onConflict(conflict =>
      // One that failed leaves what an earlier one had found.
      conflict
        .columns(['site_id', 'rotation', 'number'])
        .doUpdateSet('series' in result ? row : { reason: row.reason, read_at: now }),
    )
    .execute()
}

/** The readings of these lines of a rotation. */
export async function readingsOf(
  db: Db,
  { siteId, rotation }: RotationKey,
  numbers: number[],
): Promise<Map<number, Selectable<MeetingReadingRow>>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('meeting_reading')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('number', 'in', numbers)
    .execute()
  return new Map(rows.map(row => [row.number, row]))
}

export interface AffectedHost {
  number: number
  email: string
  name: string
  oldId: string | null
  /** What the room has, or is to have; null where the site's rule gives it. */
  newId: string | null
  readAt: number
  until: number
  /** Whether the room had been changed when it was read. */
  changed: boolean
  /** Why the last reading failed. */
  reason: MessageOrText | null
  occurrences: number
  meetings: AffectedMeeting[]
}

/** Hosts with meetings, or whose meetings could not be read: most occurrences first. */
export async function affectedHosts(
  db: Db,
  { siteId, rotation }: RotationKey,
  { after, limit }: { after: { occurrences: number; number: number } | null; limit: number },
): Promise<AffectedHost[]> {
  const rows = await db
    .selectFrom('meeting_reading as r')
    .innerJoin('rotation_item as i', join =>
      join
        .onRef('i.site_id', '=', 'r.site_id')
        .onRef('i.rotation', '=', 'r.rotation')
        .onRef('i.number', '=', 'r.number'),
    )
    .selectAll('r')
    .select(['i.email', 'i.name', 'i.old_id', 'i.new_id', 'i.settled_id'])
    .where('r.site_id', '=', siteId)
    .where('r.rotation', '=', rotation)
    .where(({ or, eb }) => or([eb('r.occurrences', '>', 0), eb('r.reason', 'is not', null)]))
    .$if(after !== null, hosts =>
      hosts.where(({ or, and, eb }) =>
        or([
          eb('r.occurrences', '<', after!.occurrences),
          and([eb('r.occurrences', '=', after!.occurrences), eb('r.number', '>', after!.number)]),
        ]),
      ),
    )
    .orderBy('r.occurrences', 'desc')
    .orderBy('r.number')
    .limit(limit)
    .execute()
  const meetings = await meetingsOf(
    db,
    { siteId, rotation },
    rows.map(({ number }) => number),
  )
  return rows.map(row => ({
    number: row.number,
    email: row.email,
    name: row.name,
    oldId: row.old_id,
    newId: row.settled_id ?? row.new_id,
    readAt: row.read_at,
    until: row.until,
    changed: row.changed === 1,
    reason: row.reason === null ? null : fromStored(row.reason),
    occurrences: row.occurrences,
    meetings: meetings.get(row.number) ?? [],
  }))
}

async function meetingsOf(
  db: Db,
  { siteId, rotation }: RotationKey,
  numbers: number[],
): Promise<Map<number, AffectedMeeting[]>> {
  const found = new Map<number, AffectedMeeting[]>()
  if (numbers.length === 0) return found
  const rows = await db
    .selectFrom('affected_meeting')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .where('number', 'in', numbers)
    .orderBy('first_at')
    .orderBy('series_id')
    .execute()
  for (const row of rows) found.set(row.number, [...(found.get(row.number) ?? []), row])
  return found
}

/** How many hosts were read, how many of these could not be, and what was found. */
export async function countAffected(
  db: Db,
  { siteId, rotation }: RotationKey,
): Promise<{ read: number; unread: number; hosts: number; series: number; occurrences: number }> {
  const counted = await db
    .selectFrom('meeting_reading')
    .select(({ fn, eb }) => [
      fn.countAll().as('all'),
      fn.count(eb.case().when('reason', 'is not', null).then(1).end()).as('unread'),
      fn.count(eb.case().when('occurrences', '>', 0).then(1).end()).as('hosts'),
      fn.sum('occurrences').as('occurrences'),
    ])
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirstOrThrow()
  const { series } = await db
    .selectFrom('affected_meeting')
    .select(({ fn }) => fn.countAll().as('series'))
    .where('site_id', '=', siteId)
    .where('rotation', '=', rotation)
    .executeTakeFirstOrThrow()
  return {
    read: Number(counted.all) - Number(counted.unread),
    unread: Number(counted.unread),
    hosts: Number(counted.hosts),
    series: Number(series),
    occurrences: Number(counted.occurrences ?? 0),
  }
}
