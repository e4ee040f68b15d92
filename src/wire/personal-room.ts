/** The options of a personal meeting room, as Webex describes them. */
import Type, { type Static } from 'typebox'
import { email, text } from './text.ts'

const coHosts = Type.Array(
  Type.Object(
    { email: email('E-mail address of the co-host.'), displayName: text('Name of the co-host.') },
    { additionalProperties: false },
  ),
  { maxItems: 100, description: 'Who may host in this room beside its owner.' },
)

const options = {
  topic: text('Topic of the room, 1 to 128 characters.', 128),
  enabledAutoLock: Type.Boolean({ description: 'Whether the room locks itself after a while.' }),
  autoLockMinutes: Type.Enum([0, 5, 10, 15, 20], {
    description: 'After how many minutes it locks: 0, 5, 10, 15 or 20.',
  }),
  enabledNotifyHost: Type.Boolean({ description: 'Whether the owner is notified when somebody waits in the lobby.' }),
  supportCoHost: Type.Boolean({ description: 'Whether others may host in this room without its owner.' }),
}

const laterOptions = {
  supportAnyoneAsCoHost: Type.Boolean({ description: 'Whether anyone with a host account becomes a co-host.' }),
  allowFirstUserToBeCoHost: Type.Boolean({
    description: 'Whether the first one with a host account becomes a co-host.',
  }),
  allowAuthenticatedDevices: Type.Boolean({
    description: 'Whether devices of the organisation join without a prompt.',
  }),
}

export const RoomOptions = Type.Object({ ...options, ...laterOptions, coHosts })

const readOnly = Type.Optional(Type.Unknown({ description: 'Read-only: may be sent back as it was read.' }))

export const UpdatePersonalRoom = Type.Object(
  {
    ...options,
    hostPin: Type.String({
      description: 'Four digits, neither a sequence nor all the same. Empty, as it was read: the PIN stays as it is.',
    }),
    ...Type.Partial(Type.Object(laterOptions)).properties,
    coHosts,
    personalMeetingRoomLink: Type.Optional(
      text(
        "The room's link. Read-only on Webex; here, a link with another ID asks for that ID, where the site lets hosts choose.",
        512,
      ),
    ),
    sipAddress: readOnly,
    dialInIpAddress: readOnly,
    telephony: readOnly,
  },
  { additionalProperties: false },
)

export const PersonalRoom = Type.Object({
  ...options,
  ...laterOptions,
  coHosts,
  hostPin: Type.String({
    description: 'Only in the answer to the owner who has just set it; otherwise empty, since only a hash is stored.',
  }),
  personalMeetingRoomLink: Type.String(),
  sipAddress: Type.String(),
  dialInIpAddress: Type.String({ description: 'Empty: Roomkey has no video bridge.' }),
  telephony: Type.Object(
    {
      accessCode: Type.String(),
      callInNumbers: Type.Array(
        Type.Object({ label: Type.String(), callInNumber: Type.String(), tollType: Type.String() }),
      ),
    },
    { description: 'Empty: Roomkey has no telephony.' },
  ),
})

export type RoomOptions = Static<typeof RoomOptions>
export type UpdatePersonalRoom = Static<typeof UpdatePersonalRoom>
export type PersonalRoom = Static<typeof PersonalRoom>
