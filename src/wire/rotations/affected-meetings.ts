/** The meetings in the rooms of a rotation, host by host. */
import Type, { type Static } from 'typebox'

const AffectedMeeting = Type.Object({
  email: Type.String(),
  name: Type.String(),
  title: Type.String(),
  kind: Type.Enum(['series', 'single']),
  next: Type.String({ description: 'The first occurrence from the reading on: ISO 8601.' }),
  last: Type.String({ description: 'The last occurrence before `until`.' }),
  occurrences: Type.Integer(),
  oldLink: Type.String(),
  newLink: Type.String({ description: 'Empty where nobody knows it yet.' }),
  carriesOldLink: Type.Enum(['yes', 'perhaps'], {
    description: 'perhaps: it was first read after the change, and Webex does not say when a meeting was made.',
  }),
  meetingSeriesId: Type.String(),
})

export const AffectedMeetingsAnswer = Type.Object({
  counts: Type.Object({
    read: Type.Integer({ description: 'Hosts whose meetings were read.' }),
    unread: Type.Integer({ description: 'Hosts whose meetings could not be read the last time.' }),
    hosts: Type.Integer({ description: 'Hosts with meetings.' }),
    series: Type.Integer(),
    occurrences: Type.Integer(),
  }),
  items: Type.Array(
    Type.Object({
      email: Type.String(),
      name: Type.String(),
      occurrences: Type.Integer(),
      readAt: Type.String(),
      until: Type.String({ description: 'Up to when meetings were asked for.' }),
      unread: Type.String({ description: 'Why they could not be read the last time; empty where they were.' }),
      meetings: Type.Array(AffectedMeeting),
    }),
  ),
})

export type AffectedMeetingsAnswer = Static<typeof AffectedMeetingsAnswer>
