/** The history of IDs and the audit log under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { textOrNull } from './text.ts'

const cause = {
  change: Type.Integer({ description: 'The number of the change on this site.' }),
  tokenId: Type.String(),
  tokenName: textOrNull('Null for a change without a token, e.g. an import.'),
  trackingId: Type.String(),
  rotationId: textOrNull(),
}

export const TenancyAnswer = Type.Object({
  personalMeetingRoomId: textOrNull('Null where the room gave its ID up.'),
  from: Type.String({ description: 'When the room took it; where `origin` is `observed`, when that was read.' }),
  until: textOrNull('Null while the room carries it.'),
  origin: Type.Enum(['given', 'observed', 'imported'], {
    description:
      '`given`: by Roomkey. `observed`: read at the target of a mirrored site, which gave it then or earlier. `imported`: from a file.',
  }),
  ...cause,
})

export const HoldingAnswer = Type.Object({
  ...TenancyAnswer.properties,
  personId: Type.String(),
  email: Type.String(),
  displayName: Type.String(),
})

export const ChangeAnswer = Type.Object({
  at: Type.String(),
  ...cause,
  rooms: Type.Integer({ description: 'How many rooms it changed.' }),
})

export const RoomChangeAnswer = Type.Object({
  personId: Type.String(),
  email: Type.String(),
  oldPersonalMeetingRoomId: textOrNull('Null where the room had none.'),
  newPersonalMeetingRoomId: textOrNull('Null where the room gave its ID up.'),
})

export const ActAnswer = Type.Object({
  id: Type.String(),
  at: Type.String(),
  tokenId: Type.String(),
  tokenName: textOrNull(),
  trackingId: Type.String(),
  action: Type.String({ description: 'What was done, e.g. `site.changed`.' }),
  subject: textOrNull('To what: an e-mail, the URL of a site, the ID of a token, …'),
  detail: Type.Record(Type.String(), Type.Unknown(), { description: 'What was asked for.' }),
})

export type TenancyAnswer = Static<typeof TenancyAnswer>
export type HoldingAnswer = Static<typeof HoldingAnswer>
export type ChangeAnswer = Static<typeof ChangeAnswer>
export type RoomChangeAnswer = Static<typeof RoomChangeAnswer>
export type ActAnswer = Static<typeof ActAnswer>
