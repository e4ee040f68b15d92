/**
 * Batch Refresh Personal Meeting Room ID, as Webex describes it:
 * `POST /admin/meetingPreferences/personalMeetingRoom/refreshId`.
 */
import Type, { type Static } from 'typebox'
import { maxBatchSize } from '../rooms/batch-shape.ts'
import { email, text } from './text.ts'

const closed = { additionalProperties: false }

export const RefreshItem = Type.Object(
  {
    email: Type.Optional(email('E-mail address of the person. All items carry it, or none.')),
    personId: Type.Optional(text('ID of the person. All items carry it, or none.')),
    personalMeetingRoomId: Type.Optional(
      Type.String({
        description:
          'The new ID: 1 to 64 letters, digits, "-", "." and "_", at least one letter, unique on the site. All items carry it, or none.',
      }),
    ),
    systemGenerated: Type.Optional(
      Type.Boolean({ description: "True to have the site's rule make the ID. All items carry it, or none." }),
    ),
  },
  closed,
)

export const RefreshRoomIdsRequest = Type.Object(
  {
    siteUrl: text('The site whose rooms to refresh, e.g. `example.webex.com`.'),
    personalMeetingRoomIds: Type.Array(RefreshItem, {
      minItems: 1,
      maxItems: maxBatchSize,
      description: 'The people whose rooms to refresh. Either every room is refreshed, or none.',
    }),
  },
  closed,
)

export const RefreshedItem = Type.Object({
  email: Type.String(),
  personId: Type.String(),
  personalMeetingRoomId: Type.String({ description: 'The ID that the room carries now.' }),
})

export const RefreshRoomIdsAnswer = Type.Object({
  siteUrl: Type.String(),
  personalMeetingRoomIds: Type.Array(RefreshedItem, { description: 'Every item, in the order of the request.' }),
})

export type RefreshItem = Static<typeof RefreshItem>
export type RefreshRoomIdsRequest = Static<typeof RefreshRoomIdsRequest>
export type RefreshRoomIdsAnswer = Static<typeof RefreshRoomIdsAnswer>
