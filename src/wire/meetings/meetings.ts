/** Meetings in personal rooms, as Webex describes them. What Roomkey does not keep is absent. */
import Type, { type Static } from 'typebox'
import { email, text } from '../text.ts'

const time = (description: string) => text(`${description} ISO 8601; without an offset, in \`timezone\`.`, 64)

const answer = {
  id: Type.String({ description: 'Of the series, or of an occurrence: the series, `_` and its time.' }),
  title: Type.String(),
  agenda: Type.Optional(Type.String()),
  password: Type.String({ description: 'Empty: Roomkey keeps none.' }),
  meetingType: Type.Enum(['meetingSeries', 'scheduledMeeting']),
  state: Type.Enum(['active', 'expired', 'scheduled', 'ready', 'missed']),
  timezone: Type.String({ description: 'Of `start` and `end`.' }),
  start: Type.String(),
  end: Type.String(),
  recurrence: Type.Optional(Type.String({ description: 'RFC 2445; of a series that has more than one occurrence.' })),
  hostUserId: Type.String(),
  hostDisplayName: Type.String(),
  hostEmail: Type.String(),
  hostKey: Type.String({ description: 'Empty: Roomkey keeps none.' }),
  siteUrl: Type.String(),
  webLink: Type.String({ description: "The link of the host's room, as it is now." }),
  sipAddress: Type.String({ description: "The address of the host's room, as it is now." }),
  scheduledType: Type.Literal('personalRoomMeeting'),
  telephony: Type.Object(
    { accessCode: Type.String(), callInNumbers: Type.Array(Type.Object({ label: Type.String() })) },
    { description: 'Empty: Roomkey has no telephony.' },
  ),
  enabledBreakoutSessions: Type.Boolean(),
}

export const SeriesAnswer = Type.Object(answer)

export const MeetingAnswer = Type.Object({
  ...answer,
  meetingSeriesId: Type.String(),
  isModified: Type.Optional(Type.Boolean({ description: 'Of an occurrence: whether it was moved or renamed.' })),
})

export const MeetingsAnswer = Type.Object({ items: Type.Array(MeetingAnswer) })

const notKept = Type.Optional(Type.Unknown({ description: 'Accepted but not stored.' }))
const unused = Object.fromEntries(
  [
    'password',
    'allowAnyUserToBeCoHost',
    'enabledJoinBeforeHost',
    'enableConnectAudioBeforeHost',
    'joinBeforeHostMinutes',
    'excludePassword',
    'publicMeeting',
    'reminderTime',
    'unlockedMeetingJoinSecurity',
    'sessionTypeId',
    'enableAutomaticLock',
    'automaticLockMinutes',
    'allowFirstUserToBeCoHost',
    'allowAuthenticatedDevices',
    'sendEmail',
    'meetingOptions',
    'attendeePrivileges',
    'enabledBreakoutSessions',
    'trackingCodes',
    'audioConnectionOptions',
  ].map(name => [name, notKept]),
)

const Invitee = Type.Object(
  { email: email('Who is invited.'), displayName: notKept, coHost: notKept, panelist: notKept },
  { additionalProperties: false },
)

export const NewMeetingRequest = Type.Object(
  {
    title: text('The title.', 128),
    agenda: Type.Optional(Type.String({ maxLength: 1300, description: 'The agenda.' })),
    start: time('Of the first occurrence; the seconds are dropped.'),
    end: time('10 minutes to 23 hours and 59 minutes later.'),
    timezone: Type.Optional(text('Of the IANA database; a series follows its clock. Default: UTC.', 64)),
    recurrence: Type.Optional(
      text('RFC 2445, e.g. `FREQ=WEEKLY;INTERVAL=1;BYDAY=MO`. Default: a single meeting.', 256),
    ),
    scheduledType: Type.Optional(
      Type.Enum(['meeting', 'webinar', 'personalRoomMeeting'], {
        description: 'Roomkey has meetings in personal rooms alone: others are refused.',
      }),
    ),
    invitees: Type.Optional(Type.Array(Invitee, { maxItems: 1000 })),
    hostEmail: Type.Optional(email('The host, for callers with an admin scope. Default: the caller.')),
    siteUrl: Type.Optional(text('The site. Default: the default site of the caller or the host.')),
    ...unused,
  },
  { additionalProperties: false },
)

/** Whatever it asks for is refused. */
export const MeetingChange = Type.Object({
  hostEmail: Type.Optional(email('The host, for callers with an admin scope. Default: the caller.')),
})

export type SeriesAnswer = Static<typeof SeriesAnswer>
export type MeetingAnswer = Static<typeof MeetingAnswer>
export type NewMeetingRequest = Static<typeof NewMeetingRequest>
