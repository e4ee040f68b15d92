/** Audio, video and scheduling options and the sites of a person, as Webex describes them. */
import Type, { type Static } from 'typebox'
import { deviceAddress } from './text.ts'

const closed = { additionalProperties: false }
const plain = (description: string, maxLength: number) =>
  Type.String({ maxLength, pattern: '^[^\\p{Cc}\\p{Cs}]*$', description })

const PhoneNumber = Type.Object(
  {
    countryCode: plain('Country code.', 8),
    number: plain('Number, up to 30 characters.', 30),
    enabledCallInAuthentication: Type.Boolean(),
    enabledCallMe: Type.Boolean(),
  },
  closed,
)

const audio = {
  defaultAudioType: Type.Enum(['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none']),
  otherTeleconferenceDescription: plain('How to join another teleconference.', 1024),
  enabledGlobalCallIn: Type.Boolean(),
  enabledTollFree: Type.Boolean(),
  enabledAutoConnection: Type.Boolean(),
  officeNumber: PhoneNumber,
  mobileNumber: PhoneNumber,
}

export const AudioUpdate = Type.Object(
  {
    ...audio,
    audioPin: Type.Optional(
      Type.String({ description: 'Four digits, neither a sequence nor all the same. Empty: it stays as it is.' }),
    ),
  },
  closed,
)

export const Audio = Type.Object({
  ...audio,
  audioPin: Type.Optional(Type.String({ description: 'Only in the answer to the owner who has just set it.' })),
})

export const Video = Type.Object(
  {
    videoDevices: Type.Array(
      Type.Object(
        {
          deviceName: Type.String({ minLength: 1, maxLength: 256, pattern: '^[^\\p{Cc}\\p{Cs}]+$' }),
          deviceAddress: deviceAddress('The address of the device.'),
          isDefault: Type.Boolean(),
        },
        closed,
      ),
      { maxItems: 100, description: 'If there are any, exactly one is the default.' },
    ),
  },
  closed,
)

const addresses = Type.Array(Type.String({ maxLength: 8192 }), {
  maxItems: 100,
  description: 'E-mail addresses; one text may hold several, separated by commas.',
})

const scheduling = {
  enabledJoinBeforeHost: Type.Boolean(),
  joinBeforeHostMinutes: Type.Enum([0, 5, 10, 15]),
  enabledAutoShareRecording: Type.Boolean(),
}

export const SchedulingUpdate = Type.Object(
  {
    ...scheduling,
    enabledWebexAssistantByDefault: Type.Optional(Type.Boolean()),
    delegateEmails: Type.Optional(Type.Union([addresses, Type.Null()])),
  },
  closed,
)

export const Scheduling = Type.Object({
  ...scheduling,
  enabledWebexAssistantByDefault: Type.Boolean(),
  delegateEmails: Type.Array(Type.String()),
})

export const DelegateEmails = Type.Object({ emails: addresses }, closed)

export const UserSite = Type.Object({ siteUrl: Type.String(), default: Type.Boolean() })
export const UserSites = Type.Object({ sites: Type.Array(UserSite) })

export type Audio = Static<typeof Audio>
export type Video = Static<typeof Video>
export type Scheduling = Static<typeof Scheduling>
export type UserSites = Static<typeof UserSites>
