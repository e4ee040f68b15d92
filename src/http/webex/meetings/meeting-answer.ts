/** Meetings in personal rooms as Webex shows them: a series, or one of its occurrences. */
import { lastEnd, type Occurrence, occurrencesBetween } from '../../../rooms/meeting-times.ts'
import { roomLink, roomSipAddress } from '../../../rooms/room-id.ts'
import { isoIn, isTimeZone } from '../../../rooms/time-zone.ts'
import type { Meeting } from '../../../store/meetings/meetings.ts'
import type { DirectoryPerson } from '../../../store/people/directory.ts'
import type { Site } from '../../../store/sites/sites.ts'
import type { MeetingAnswer, SeriesAnswer } from '../../../wire/meetings/meetings.ts'
import { refuse } from '../../plumbing/errors.ts'

/** A meeting, and the room in which it takes place. */
export interface RoomMeeting {
  meeting: Meeting
  site: Site
  /** Has a room. */
  host: DirectoryPerson & { roomId: string }
}

/** The zone that a caller wants times in. @throws ApiError 400 for one that is not known */
export function zoneOf(headers: Record<string, unknown>): string {
  const zone = headers.timezone
  if (zone === undefined || zone === '') return 'UTC'
  if (typeof zone === 'string' && isTimeZone(zone)) return zone
  throw refuse(400, 'The header timezone must be a time zone of the IANA database, e.g. Europe/Berlin.')
}

/** `dfb45ece33264639a7bc3dd9535d53f7_20200516T230000Z` */
export function occurrenceId({ meetingId }: Meeting, { occurrence }: Pick<Occurrence, 'occurrence'>): string {
  return `${meetingId}_${new Date(occurrence).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** The series and, where the ID is of an occurrence, its time; undefined for what is no ID of a meeting. */
export function readMeetingId(id: string): { meetingId: string; occurrence: number | null } | undefined {
  const [, meetingId, time] = /^([0-9a-f]{32})(?:_(\d{8}T\d{6}Z))?$/.exec(id) ?? []
  if (meetingId === undefined) return undefined
  if (time === undefined) return { meetingId, occurrence: null }
  const at = Date.parse(time.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
  return Number.isNaN(at) ? undefined : { meetingId, occurrence: at }
}

/** The occurrence that goes on now, or the next one; undefined where there is none. */
export function currentOccurrence(meeting: Meeting, now: number): Occurrence | undefined {
  const yearMs = 366 * 24 * 60 * 60 * 1000
  const begin = now - (meeting.endsAt - meeting.startsAt)
  const going = (each: Occurrence) => each.endsAt > now
  // Most series have one within a year; few rules leave out more.
  return (
    occurrencesBetween(meeting, begin, now + yearMs).find(going) ??
    occurrencesBetween(meeting, begin, Number.MAX_SAFE_INTEGER).find(going)
  )
}

export function asSeries(
  { meeting, ...room }: RoomMeeting,
  zone: string,
  now: number,
  shown: { startsAt: number; endsAt: number } = meeting,
): SeriesAnswer {
  const end = lastEnd(meeting)
  return {
    id: meeting.meetingId,
    ...common({ meeting, ...room }, zone, shown),
    title: meeting.title,
    meetingType: 'meetingSeries',
    state: end === null || end > now ? 'active' : 'expired',
    ...(meeting.recurrence === null ? {} : { recurrence: meeting.recurrence }),
  }
}

export function asOccurrence(
  { meeting, ...room }: RoomMeeting,
  occurrence: Occurrence,
  zone: string,
  now: number,
): MeetingAnswer {
  return {
    id: occurrenceId(meeting, occurrence),
    meetingSeriesId: meeting.meetingId,
    ...common({ meeting, ...room }, zone, occurrence),
    title: occurrence.title ?? meeting.title,
    meetingType: 'scheduledMeeting',
    state: now < occurrence.startsAt ? 'scheduled' : now < occurrence.endsAt ? 'ready' : 'missed',
    isModified: occurrence.isModified,
  }
}

function common({ meeting, site, host }: RoomMeeting, zone: string, at: { startsAt: number; endsAt: number }) {
  return {
    ...(meeting.agenda === null ? {} : { agenda: meeting.agenda }),
    password: '',
    timezone: zone,
    start: isoIn(zone, at.startsAt),
    end: isoIn(zone, at.endsAt),
    hostUserId: host.personId,
    hostDisplayName: host.displayName,
    hostEmail: host.email,
    hostKey: '',
    siteUrl: site.url,
    webLink: roomLink(site.url, host.roomId),
    sipAddress: roomSipAddress(site.url, host.roomId),
    scheduledType: 'personalRoomMeeting' as const,
    telephony: { accessCode: '', callInNumbers: [] },
    enabledBreakoutSessions: false,
  }
}
