/**
 * List Meetings, of one person: as host or as invitee. Occurrences are in the order of their starts.
 *
 * The next page's link forgets filters, as Webex's has been seen to do (WebexPythonSDK #168): whoever follows it as it is
 * sees other meetings. A client has to put its own parameters back.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { lastEnd, occurrencesBetween } from '../../../rooms/meeting-times.ts'
import { readTime } from '../../../rooms/time-zone.ts'
import { findHosts } from '../../../store/meetings/hosts.ts'
import { listMeetings as readMeetings } from '../../../store/meetings/meetings.ts'
import type { Db } from '../../../store/tables.ts'
import { dayMs } from '../../../time.ts'
import { ErrorAnswer } from '../../../wire/errors.ts'
import { type MeetingAnswer, MeetingsAnswer } from '../../../wire/meetings/meetings.ts'
import { email, text } from '../../../wire/text.ts'
import { callerOf, holds } from '../../access/auth.ts'
import { meetingsRead, othersMeetingsRead } from '../../access/scopes.ts'
import type { Api } from '../../app.ts'
import { refuse } from '../../plumbing/errors.ts'
import { countParameter, linkNext, pageQuery, readCursor, writeCursor } from '../../plumbing/paging.ts'
import { asOccurrence, asSeries, currentOccurrence, type RoomMeeting, zoneOf } from './meeting-answer.ts'
import { type MeetingSubject, meetingSubject } from './meeting-subject.ts'

const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))
const defaultWindowMs = 7 * dayMs
const defaultMax = 10
const largestMax = 100

const Query = Type.Object(
  {
    meetingSeriesId: Type.Optional(text('Refused: Webex does not take the ID of a personal room meeting.')),
    max: Type.Optional(countParameter('How many on a page, 1 to 100. Default: 10.')),
    cursor: pageQuery.cursor,
    from: Type.Optional(text('Inclusive, ISO 8601. Default: now, or 7 days before `to`.', 64)),
    to: Type.Optional(text('Exclusive, ISO 8601. Default: 7 days after `from`.', 64)),
    meetingType: Type.Optional(
      Type.Enum(['meetingSeries', 'scheduledMeeting', 'meeting'], {
        description: 'Default: meetingSeries. `meeting`: none, since nobody enters the rooms of Roomkey.',
      }),
    ),
    state: Type.Optional(
      Type.Enum(['active', 'scheduled', 'ready', 'lobby', 'inProgress', 'ended', 'missed', 'expired']),
    ),
    scheduledType: Type.Optional(
      Type.Enum(['meeting', 'webinar', 'personalRoomMeeting'], {
        description: '`personalRoomMeeting` is only for the `meetingType` scheduledMeeting.',
      }),
    ),
    isModified: flag('Only occurrences that were moved or renamed, or only the others.'),
    current: flag('Whether a series shows the times of its next occurrence. Default: true.'),
    hostEmail: Type.Optional(email('Whose meetings, for callers with an admin scope. Default: the caller.')),
    siteUrl: Type.Optional(text('The site. Default: all of them.')),
  },
  { additionalProperties: false },
)

type Query = Static<typeof Query>
type Item = { at: number; answer: MeetingAnswer }

export function listMeetings({ app, store }: Api): void {
  app.get(
    '/meetings',
    {
      config: { access: meetingsRead },
      schema: {
        summary: 'List Meetings',
        description: 'Those in personal rooms: of one person, as host or as invitee.',
        tags: ['Meetings'],
        querystring: Query,
        response: { 200: MeetingsAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { query } = request
      refuseUnsupported(query)
      const caller = callerOf(request)
      const zone = zoneOf(request.headers)
      const now = app.clock.now()
      const window = readWindow(query, zone, now)
      const after = readCursor(query.cursor, ['large', 'string'])
      const max = Number(query.max ?? defaultMax)
      if (max < 1) throw refuse(400, 'max must be at least 1.')

      const isOfAll = query.hostEmail === undefined && query.meetingType === 'meeting'
      if (isOfAll && holds(caller, othersMeetingsRead)) return { items: [] }
      const subject = await meetingSubject(store.db, caller, query, othersMeetingsRead)
      const rest = itemsOf(await meetingsOf(store.db, subject), query, window, zone, now)
        .sort((one, other) => one.at - other.at || (one.answer.id < other.answer.id ? -1 : 1))
        .filter(({ at, answer }) => after === null || at > after[0] || (at === after[0] && answer.id > after[1]))
      const page = rest.slice(0, Math.min(max, largestMax))
      const last = page.at(-1)
      if (last !== undefined && rest.length > page.length) linkForgetful(request, reply, [last.at, last.answer.id])
      return { items: page.map(({ answer }) => answer) }
    },
  )
}

function refuseUnsupported({ meetingSeriesId, meetingType = 'meetingSeries', scheduledType }: Query): void {
  if (meetingSeriesId !== undefined) {
    throw refuse(400, 'meetingSeriesId does not take the meeting ID of a scheduled personal room meeting.')
  }
  if (scheduledType === 'personalRoomMeeting' && meetingType !== 'scheduledMeeting') {
    throw refuse(400, 'The scheduledType personalRoomMeeting is only for the meetingType scheduledMeeting.')
  }
}

interface Window {
  from: number
  to: number
}

function readWindow(query: Query, zone: string, now: number): Window {
  const read = (name: 'from' | 'to') => {
    const given = query[name]
    const time = given === undefined ? undefined : readTime(given, zone)
    if (given !== undefined && time === undefined) throw refuse(400, `${name} must be a date and time in ISO 8601.`)
    return time
  }
  const to = read('to')
  const from = read('from') ?? (to === undefined ? now : to - defaultWindowMs)
  if (to !== undefined && from > to) throw refuse(400, 'from must not be after to.')
  return { from, to: to ?? from + defaultWindowMs }
}

/** Those of all accounts, with their rooms; a host who has no room any more has no meetings in it. */
async function meetingsOf(db: Db, { accounts, email }: MeetingSubject): Promise<RoomMeeting[]> {
  const found: RoomMeeting[] = []
  for (const { site, person } of accounts) {
    const meetings = await readMeetings(db, site.site_id, { person: person.person, invitee: email })
    const hosts = await findHosts(
      db,
      site.site_id,
      meetings.map(meeting => meeting.person),
    )
    for (const meeting of meetings) {
      const host = hosts.get(meeting.person)
      if (host !== undefined) found.push({ meeting, site, host })
    }
  }
  return found
}

function itemsOf(meetings: RoomMeeting[], query: Query, { from, to }: Window, zone: string, now: number): Item[] {
  const { meetingType = 'meetingSeries', scheduledType = 'personalRoomMeeting', state, isModified, current } = query
  if (meetingType === 'meeting' || scheduledType !== 'personalRoomMeeting') return []
  const items = meetings.flatMap((room): Item[] => {
    const { meeting } = room
    if (meetingType === 'scheduledMeeting') {
      return occurrencesBetween(meeting, from, to).map(each => ({
        at: each.startsAt,
        answer: asOccurrence(room, each, zone, now),
      }))
    }
    if (meeting.startsAt >= to || (lastEnd(meeting) ?? Number.POSITIVE_INFINITY) <= from) return []
    const shown = current === 'false' ? meeting : (currentOccurrence(meeting, now) ?? meeting)
    const series = asSeries(room, zone, now, shown)
    return [{ at: shown.startsAt, answer: { ...series, meetingSeriesId: series.id } }]
  })
  return items.filter(
    ({ answer }) =>
      (state === undefined || answer.state === state) &&
      (isModified === undefined || String(answer.isModified ?? false) === isModified),
  )
}

const kept = new Set(['max', 'meetingType', 'from', 'to'])

function linkForgetful(request: FastifyRequest, reply: FastifyReply, place: [number, string]): void {
  linkNext(request, reply, writeCursor(place), name => kept.has(name))
}
