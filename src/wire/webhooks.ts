/** Webhooks, as Webex describes them. The secret is never shown. */
import Type, { type Static } from 'typebox'
import { messageOrNull } from './message.ts'
import { text, textOrNull } from './text.ts'

const resources = [
  'attachmentActions',
  'dataSources',
  'memberships',
  'messages',
  'rooms',
  'meetings',
  'recordings',
  'convergedRecordings',
  'meetingParticipants',
  'meetingTranscripts',
  'telephony_calls',
  'telephony_conference',
  'telephony_mwi',
  'uc_counters',
  'serviceApp',
  'adminBatchJobs',
  'all',
] as const

const events = [
  'created',
  'updated',
  'deleted',
  'started',
  'ended',
  'joined',
  'left',
  'migrated',
  'authorized',
  'deauthorized',
  'statusChanged',
  'all',
] as const

const name = text('A name for people.')
const targetUrl = text('Where to send the messages: an http or https URL with a public address.', 2048)
const secret = Type.Optional(
  text('The secret that signs the messages: HMAC-SHA1 of the body in X-Spark-Signature.', 512),
)
const ignored = Type.Optional(Type.Unknown({ description: 'Ignored: it cannot be changed.' }))
const ownedBy = Type.Optional(Type.Enum(['org', 'creator']))

export const NewWebhookRequest = Type.Object(
  {
    name,
    targetUrl,
    resource: Type.Enum([...resources], {
      description: 'Roomkey sends `rooms`, also to webhooks for `all`; webhooks for other resources never fire.',
    }),
    event: Type.Enum([...events], {
      description:
        'For rooms: `created` with their first ID, `updated` when it changes, `deleted` when they give it up; `all` for each of them.',
    }),
    filter: Type.Optional(text('For rooms and all: `siteUrl=example.webex.com`, for that site alone.', 1024)),
    secret,
    ownedBy,
  },
  { additionalProperties: false },
)

export const WebhookUpdate = Type.Object(
  {
    name,
    targetUrl,
    secret,
    ownedBy,
    status: Type.Optional(
      Type.Enum(['active', 'inactive'], {
        description:
          '`active` reactivates a webhook that became inactive because it failed for a day. `inactive` only for one that is.',
      }),
    ),
    resource: ignored,
    event: ignored,
    filter: ignored,
    id: ignored,
    created: ignored,
    orgId: ignored,
    createdBy: ignored,
    appId: ignored,
  },
  { additionalProperties: false },
)

export const WebhookAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  targetUrl: Type.String(),
  resource: Type.String(),
  event: Type.String(),
  filter: Type.Optional(Type.String()),
  status: Type.Enum(['active', 'inactive']),
  created: Type.String({ description: 'ISO 8601.' }),
  ownedBy: Type.Optional(Type.String()),
  orgId: Type.Optional(Type.String()),
})

export const DeliveryAnswer = Type.Object({
  id: Type.String(),
  siteUrl: Type.String(),
  change: Type.Integer({ description: 'The number of the change on its site.' }),
  rooms: Type.Integer({ description: 'How many rooms it lists.' }),
  status: Type.Enum(['delivered', 'waiting', 'kept'], {
    description: '`kept`: held until its webhook is activated again.',
  }),
  attempts: Type.Integer(),
  nextAt: textOrNull(),
  deliveredAt: textOrNull(),
  lastError: textOrNull(),
  lastErrorMessage: messageOrNull(),
})

export type WebhookAnswer = Static<typeof WebhookAnswer>
export type DeliveryAnswer = Static<typeof DeliveryAnswer>
