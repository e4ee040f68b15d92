/** Create a Meeting, in a personal room. */
import { randomUUID } from 'node:crypto'
import { message } from '../../../messages/message.ts'
import { recurrenceFault } from '../../../rooms/recurrence.ts'
import { isTimeZone, readTime } from '../../../rooms/time-zone.ts'
import { countMeetings, type NewMeeting } from '../../../store/meetings/meetings.ts'
import type { DirectoryPerson } from '../../../store/people/directory.ts'
import type { Db } from '../../../store/tables.ts'
import { dayMs } from '../../../time.ts'
import { ErrorAnswer } from '../../../wire/errors.ts'
import { NewMeetingRequest, SeriesAnswer } from '../../../wire/meetings/meetings.ts'
import { actorOf } from '../../access/actor.ts'
import { callerOf } from '../../access/auth.ts'
import { meetingsWrite, othersMeetingsWrite } from '../../access/scopes.ts'
import type { Api } from '../../app.ts'
import { longListBytes } from '../../limits/body-size.ts'
import { refuse } from '../../plumbing/errors.ts'
import { asSeries } from './meeting-answer.ts'
import { meetingSubject } from './meeting-subject.ts'

const minuteMs = 60_000
/** Webex's limits in 24 hours, of which this one counts only what it accepted; and our own, on what a host may have. */
const ownPerDay = 100
const perHostAndDay = 800
const mostOfHost = 2000

/** Of the body: what Webex refuses for personal rooms, beside an unknown field. */
const notForRooms = [
  'templateId',
  'roomId',
  'adhoc',
  'integrationTags',
  'enabledWebcastView',
  'registration',
  'enabledAutoRecordMeeting',
]

export function createMeeting({ app, store }: Api): void {
  app.post(
    '/meetings',
    {
      bodyLimit: longListBytes,
      config: { access: meetingsWrite },
      preValidation: async ({ body }) => refuseNotForRooms(body),
      schema: {
        summary: 'Create a Meeting',
        description: 'In the personal room of its host. Nobody is sent an e-mail.',
        tags: ['Meetings'],
        body: NewMeetingRequest,
        response: { 200: SeriesAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { body } = request
      if (body.scheduledType !== 'personalRoomMeeting') {
        throw refuse(400, 'Roomkey has meetings in personal rooms only; send the scheduledType personalRoomMeeting.')
      }
      const caller = callerOf(request)
      const subject = await meetingSubject(store.db, caller, body, othersMeetingsWrite)
      const account = subject.accounts.find(({ person }) => hasRoom(person))
      if (account === undefined) throw refuse(404, message('noRoom'))
      const { site } = account
      const host = account.person as DirectoryPerson & { roomId: string }
      const now = app.clock.now()
      const meeting: NewMeeting = {
        siteId: site.site_id,
        meetingId: randomUUID().replaceAll('-', ''),
        person: host.person,
        title: body.title,
        agenda: body.agenda ?? null,
        ...readTimes(body, now),
        exceptions: [],
        invitees: (body.invitees ?? []).map(({ email }) => email.toLowerCase()),
      }
      await refuseTooMany(store.db, meeting, subject.isOwn ? ownPerDay : perHostAndDay, now)
      const onBehalfOf = subject.isOwn ? null : host.email
      await store.write('addMeetings', { ...actorOf(request), meetings: [meeting], onBehalfOf })
      return asSeries({ meeting, site, host }, meeting.timezone, now)
    },
  )
}

function hasRoom({ roomId }: DirectoryPerson): boolean {
  return roomId !== null
}

function refuseNotForRooms(body: unknown): void {
  if (typeof body !== 'object' || body === null) return
  const given = notForRooms.find(name => name in body)
  if (given !== undefined) throw refuse(400, `${given} is not supported for a meeting in a personal room.`)
}

/** @throws ApiError 400 for times that Webex refuses */
function readTimes(body: NewMeetingRequest, now: number) {
  const timezone = body.timezone ?? 'UTC'
  if (!isTimeZone(timezone)) {
    throw refuse(400, 'timezone must be a time zone of the IANA database, e.g. Europe/Berlin.')
  }
  const read = (name: 'start' | 'end') => {
    const time = readTime(body[name], timezone)
    if (time === undefined) throw refuse(400, `${name} must be a date and time in ISO 8601.`)
    return Math.floor(time / minuteMs) * minuteMs
  }
  const thisMinute = Math.floor(now / minuteMs) * minuteMs
  const given = read('start')
  const startsAt = given === thisMinute ? given + minuteMs : given
  const endsAt = read('end')
  if (startsAt < now) throw refuse(400, 'start must not be in the past.')
  const minutes = (endsAt - startsAt) / minuteMs
  if (minutes < 10 || minutes > 24 * 60 - 1) {
    throw refuse(400, 'end must be 10 minutes to 23 hours and 59 minutes after start.')
  }
  if (startsAt > now + 10 * 365 * dayMs) throw refuse(400, 'start must be within ten years.')
  const recurrence = body.recurrence ?? null
  const fault = recurrence === null ? undefined : recurrenceFault(recurrence)
  if (fault !== undefined) throw refuse(400, fault)
  return { timezone, startsAt, endsAt, recurrence }
}

async function refuseTooMany(db: Db, { siteId, person }: NewMeeting, perDay: number, now: number): Promise<void> {
  const { all, recent } = await countMeetings(db, { siteId, person, since: now - dayMs })
  if (recent >= perDay) {
    throw refuse(429, `Not more than ${perDay} meetings of a host can be created in 24 hours.`, {
      'retry-after': '3600',
    })
  }
  if (all >= mostOfHost) throw refuse(400, `A host cannot have more than ${mostOfHost} meetings; delete some first.`)
}
