/** Meetings in personal rooms, of the sites that Roomkey holds. */
import type { Selectable } from 'kysely'
import { lastEnd, type MeetingException, type MeetingTimes } from '../../rooms/meeting-times.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'
import type { MeetingRow } from './meeting-tables.ts'

export interface Meeting extends MeetingTimes {
  siteId: number
  meetingId: string
  /** The host's number on the site. */
  person: number
  title: string
  agenda: string | null
}

export interface NewMeeting extends Meeting {
  /** In lower case. */
  invitees: string[]
}

const rowsPerInsert = 1000

/** Adds meetings, all or none. @param onBehalfOf the host's e-mail where an administrator does it for them, else null */
export async function addMeetings(
  db: Db,
  { meetings, onBehalfOf, ...actor }: Actor & { meetings: NewMeeting[]; onBehalfOf: string | null },
): Promise<void> {
  for (let start = 0; start < meetings.length; start += rowsPerInsert) {
    const slice = meetings.slice(start, start + rowsPerInsert)
    await db
      .insertInto('meeting')
      .values(slice.map(meeting => rowOf(meeting, actor.now)))
      .execute()
    const invitees = slice.flatMap(({ siteId, meetingId, invitees }) =>
      [...new Set(invitees)].map(email_key => ({ site_id: siteId, email_key, meeting_id: meetingId })),
    )
    for (let first = 0; first < invitees.length; first += rowsPerInsert) {
      await db
        .insertInto('meeting_invitee')
        .values(invitees.slice(first, first + rowsPerInsert))
        .execute()
    }
  }
  if (onBehalfOf === null) return
  for (const { siteId, meetingId } of meetings) {
    const event = { siteId, action: 'meeting.created', subject: onBehalfOf, detail: { meetingId } }
    await insertAuditEvent(db, actor, event)
  }
}

/** The meetings of a host; with an address, also those that it is invited to. */
export async function listMeetings(
  db: Db,
  siteId: number,
  { person, invitee }: { person: number; invitee: string },
): Promise<Meeting[]> {
  const rows = await db
    .selectFrom('meeting')
    .selectAll()
    .where('site_id', '=', siteId)
    .where(eb =>
      eb.or([
        eb('person', '=', person),
        eb(
          'meeting_id',
          'in',
          eb
            .selectFrom('meeting_invitee')
            .select('meeting_id')
            .where('site_id', '=', siteId)
            .where('email_key', '=', invitee),
        ),
      ]),
    )
    .execute()
  return rows.map(meetingOf)
}

export async function findMeeting(db: Db, siteIds: number[], meetingId: string): Promise<Meeting | undefined> {
  if (siteIds.length === 0) return undefined
  const row = await db
    .selectFrom('meeting')
    .selectAll()
    .where('site_id', 'in', siteIds)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  return row === undefined ? undefined : meetingOf(row)
}

export async function isInvited(db: Db, { siteId, meetingId }: Meeting, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('meeting_invitee')
    .select('meeting_id')
    .where('site_id', '=', siteId)
    .where('email_key', '=', email.toLowerCase())
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  return row !== undefined
}

/** How many meetings of a host there are, and how many of these were added since a time. */
export async function countMeetings(
  db: Db,
  { siteId, person, since }: { siteId: number; person: number; since: number },
): Promise<{ all: number; recent: number }> {
  const ofHost = db
    .selectFrom('meeting')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('site_id', '=', siteId)
    .where('person', '=', person)
  const all = await ofHost.executeTakeFirstOrThrow()
  const recent = await ofHost.where('created_at', '>', since).executeTakeFirstOrThrow()
  return { all: Number(all.count), recent: Number(recent.count) }
}

/** Cancels one occurrence, or with null deletes the meeting. False where the meeting is no longer there. */
export async function removeMeeting(
  db: Db,
  removal: Actor & { siteId: number; meetingId: string; occurrence: number | null; onBehalfOf: string | null },
): Promise<boolean> {
  const { siteId, meetingId, occurrence, onBehalfOf } = removal
  const meeting = await findMeeting(db, [siteId], meetingId)
  if (meeting === undefined) return false
  if (occurrence === null) await deleteMeeting(db, siteId, meetingId)
  else {
    const others = meeting.exceptions.filter(each => each.occurrence !== occurrence)
    const exceptions: MeetingException[] = [...others, { occurrence, moved: null }]
    await db
      .updateTable('meeting')
      .set({ exceptions: JSON.stringify(exceptions), last_end: lastEnd({ ...meeting, exceptions }) })
      .where('site_id', '=', siteId)
      .where('meeting_id', '=', meetingId)
      .execute()
  }
  if (onBehalfOf !== null) {
    const event = { siteId, action: 'meeting.deleted', subject: onBehalfOf, detail: { meetingId, occurrence } }
    await insertAuditEvent(db, removal, event)
  }
  return true
}

/** Deletes up to `limit` meetings whose last occurrence ended before `before`. Returns how many there were. */
export async function deleteOldMeetings(db: Db, { before, limit }: { before: number; limit: number }): Promise<number> {
  const old = await db
    .selectFrom('meeting')
    .select(['site_id', 'meeting_id'])
    .where('last_end', 'is not', null)
    .where('last_end', '<', before)
    .limit(limit)
    .execute()
  for (const { site_id, meeting_id } of old) await deleteMeeting(db, site_id, meeting_id)
  return old.length
}

/** Deletes all meetings of a host, with the host. */
export async function deleteMeetingsOf(db: Db, siteId: number, person: number): Promise<void> {
  const own = await db
    .selectFrom('meeting')
    .select('meeting_id')
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .execute()
  for (const { meeting_id } of own) await deleteMeeting(db, siteId, meeting_id)
}

async function deleteMeeting(db: Db, siteId: number, meetingId: string): Promise<void> {
  for (const table of ['meeting_invitee', 'meeting'] as const) {
    await db.deleteFrom(table).where('site_id', '=', siteId).where('meeting_id', '=', meetingId).execute()
  }
}

function rowOf(meeting: NewMeeting, now: number): MeetingRow {
  return {
    site_id: meeting.siteId,
    meeting_id: meeting.meetingId,
    person: meeting.person,
    title: meeting.title,
    agenda: meeting.agenda,
    timezone: meeting.timezone,
    starts_at: meeting.startsAt,
    ends_at: meeting.endsAt,
    recurrence: meeting.recurrence,
    exceptions: JSON.stringify(meeting.exceptions),
    last_end: lastEnd(meeting),
    created_at: now,
  }
}

function meetingOf(row: Selectable<MeetingRow>): Meeting {
  return {
    siteId: row.site_id,
    meetingId: row.meeting_id,
    person: row.person,
    title: row.title,
    agenda: row.agenda,
    timezone: row.timezone,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    recurrence: row.recurrence,
    exceptions: JSON.parse(row.exceptions) as MeetingException[],
  }
}
