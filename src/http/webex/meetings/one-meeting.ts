/** Get, change and delete a meeting in a personal room. Webex changes none, and says so. */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isOccurrence, type Occurrence, occurrencesBetween } from '../../../rooms/meeting-times.ts'
import { findHosts } from '../../../store/meetings/hosts.ts'
import { findMeeting, isInvited } from '../../../store/meetings/meetings.ts'
import type { Db } from '../../../store/tables.ts'
import { ErrorAnswer } from '../../../wire/errors.ts'
import { MeetingAnswer, MeetingChange, SeriesAnswer } from '../../../wire/meetings/meetings.ts'
import { email, text } from '../../../wire/text.ts'
import { actorOf } from '../../access/actor.ts'
import { callerOf } from '../../access/auth.ts'
import {
  type Access,
  meetingsRead,
  meetingsWrite,
  othersMeetingsRead,
  othersMeetingsWrite,
} from '../../access/scopes.ts'
import type { Api } from '../../app.ts'
import { refuse } from '../../plumbing/errors.ts'
import { asOccurrence, asSeries, currentOccurrence, type RoomMeeting, readMeetingId, zoneOf } from './meeting-answer.ts'
import { meetingSubject } from './meeting-subject.ts'

const path = '/meetings/:meetingId'
const Params = Type.Object({ meetingId: text('A series, or an occurrence.') })
const hostEmail = Type.Optional(email('The host, for callers with an admin scope. Default: the caller.'))
const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))

export function oneMeeting({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: meetingsRead },
      schema: {
        summary: 'Get a Meeting',
        tags: ['Meetings'],
        params: Params,
        querystring: Type.Object(
          { current: flag('Of a series, its next occurrence. Default: false.'), hostEmail },
          { additionalProperties: false },
        ),
        response: { 200: Type.Union([MeetingAnswer, SeriesAnswer]), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const zone = zoneOf(request.headers)
      const now = app.clock.now()
      const found = await find(store.db, request, request.query.hostEmail, othersMeetingsRead)
      const shown =
        found.occurrence ?? (request.query.current === 'true' ? currentOccurrence(found.meeting, now) : null)
      return shown == null ? asSeries(found, zone, now) : asOccurrence(found, shown, zone, now)
    },
  )

  for (const [method, title] of [
    ['PATCH', 'Patch'],
    ['PUT', 'Update'],
  ] as const) {
    app.route({
      method,
      url: path,
      config: { access: meetingsWrite },
      schema: {
        summary: `${title} a Meeting`,
        description: 'Refused, as Webex does: the ID of a scheduled personal room meeting is not supported.',
        tags: ['Meetings'],
        params: Params,
        body: MeetingChange,
        response: { '4xx': ErrorAnswer },
      },
      handler: async request => {
        refuseInvitees(await find(store.db, request, request.body.hostEmail, othersMeetingsWrite))
        throw refuse(400, 'The meeting ID of a scheduled personal room meeting is not supported for this API.')
      },
    })
  }

  app.delete(
    path,
    {
      config: { access: meetingsWrite },
      schema: {
        summary: 'Delete a Meeting',
        description: 'A series, or one occurrence of it. Nobody is sent an e-mail.',
        tags: ['Meetings'],
        params: Params,
        querystring: Type.Object(
          { hostEmail, sendEmail: flag('Has no effect: Roomkey sends no e-mail.') },
          { additionalProperties: false },
        ),
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const found = await find(store.db, request, request.query.hostEmail, othersMeetingsWrite)
      refuseInvitees(found)
      const { meeting, occurrence, isOwn, host } = found
      const { siteId, meetingId } = meeting
      const which = { siteId, meetingId, occurrence: occurrence?.occurrence ?? null }
      await store.write('removeMeeting', { ...actorOf(request), ...which, onBehalfOf: isOwn ? null : host.email })
      return reply.code(204).send(null)
    },
  )
}

interface Found extends RoomMeeting {
  /** Null for the series. */
  occurrence: Occurrence | null
  /** Whether it is the meeting of the person that the call is about, who else is invited to it. */
  isHost: boolean
  isOwn: boolean
}

/** @throws ApiError 404 for a meeting that there is not, or that is nothing to the person that the call is about */
async function find(db: Db, request: FastifyRequest, hostEmail: string | undefined, others: Access): Promise<Found> {
  const { accounts, email, isOwn } = await meetingSubject(db, callerOf(request), { hostEmail }, others)
  const read = readMeetingId((request.params as { meetingId: string }).meetingId)
  const sites = accounts.map(({ site }) => site)
  const meeting =
    read &&
    (await findMeeting(
      db,
      sites.map(({ site_id }) => site_id),
      read.meetingId,
    ))
  const host = meeting && (await findHosts(db, meeting.siteId, [meeting.person])).get(meeting.person)
  if (meeting === undefined || host === undefined) throw notFound()
  const isHost = accounts.some(({ person }) => person.siteId === meeting.siteId && person.person === meeting.person)
  if (!isHost && !(await isInvited(db, meeting, email))) throw notFound()
  const site = sites.find(({ site_id }) => site_id === meeting.siteId)!
  const at = read!.occurrence
  if (at === null) return { meeting, site, host, occurrence: null, isHost, isOwn }
  const exception = meeting.exceptions.find(each => each.occurrence === at)
  const start = exception?.moved?.startsAt ?? at
  const occurrence = occurrencesBetween(meeting, start, start + 1).find(each => each.occurrence === at)
  if (occurrence === undefined || !isOccurrence(meeting, at)) throw notFound()
  return { meeting, site, host, occurrence, isHost, isOwn }
}

function refuseInvitees({ isHost }: Found): void {
  if (!isHost) throw refuse(403, 'Only its host may change a meeting.')
}

function notFound() {
  return refuse(404, 'The meeting is not found.')
}
