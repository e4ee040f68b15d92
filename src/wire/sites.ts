/** Roomkey's sites under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { generationMethods } from '../rooms/id-rule.ts'
import { messageOrNull } from './message.ts'
import { text, textOrNull } from './text.ts'

export type { GenerationMethod } from '../rooms/id-rule.ts'

const closed = { additionalProperties: false }

export const SiteParams = Type.Object({ siteUrl: text('The site, e.g. `example.webex.com`.') })

/** By which a site makes IDs. */
export const siteRule = {
  generationMethod: Type.Enum([...generationMethods], {
    description: 'How the site makes IDs. A change affects no existing ID.',
  }),
  prefix: Type.String({
    pattern: '^[A-Za-z][A-Za-z0-9._-]{0,15}$',
    description: 'The prefix of numbers and random IDs: `pr` on Webex.',
  }),
  length: Type.Integer({
    minimum: 8,
    maximum: 40,
    description: 'Number of random characters after the prefix: 12 on Webex.',
  }),
  quarantineDays: Type.Integer({
    minimum: 0,
    maximum: 3650,
    description: 'How long a freed ID stays reserved for its last holder.',
  }),
}

const siteGuards = {
  allowCustomUrl: Type.Boolean({ description: 'Whether hosts may choose the ID of their own room.' }),
  minimumStrength: Type.Integer({
    minimum: 0,
    maximum: 128,
    description: 'How many guesses, as a power of two, an ID chosen by its host must withstand.',
  }),
  movedPage: Type.Boolean({
    description:
      'Whether dead links say that the room may have moved and that the host has the new link. The new ID is never shown.',
  }),
  needsApproval: Type.Boolean({
    description: "Whether a second administrator must approve a rotation's plan before it starts.",
  }),
}

export const NewSiteRequest = Type.Object(
  {
    siteUrl: Type.String({
      pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$',
      maxLength: 253,
      description: 'A host name, e.g. `example.webex.com`.',
    }),
    ...Type.Partial(Type.Object(siteRule)).properties,
  },
  closed,
)

export const SiteChanges = Type.Partial(Type.Object({ ...siteRule, ...siteGuards }), { ...closed, minProperties: 1 })

export const SiteAnswer = Type.Object({
  siteUrl: Type.String(),
  ...siteRule,
  ...siteGuards,
  recordHolder: Type.Enum(['held', 'mirrored'], {
    description:
      '`held`: Roomkey is the record of the rooms. `mirrored`: `target` is, and Roomkey has what it has read there.',
  }),
  target: textOrNull('The base URL of the API that a mirrored site is read from; null for other sites.'),
  createdAt: Type.String(),
  lockedUntil: textOrNull('Until when a single token alone may change rooms; null when the site is not locked.'),
})

export type SiteAnswer = Static<typeof SiteAnswer>

/** How far the reading of a mirrored site has come. */
export const SyncAnswer = Type.Object({
  siteUrl: Type.String(),
  target: Type.String({ description: 'The base URL of the API that it is read from.' }),
  state: Type.Enum(['reading', 'waiting', 'stopped'], {
    description:
      '`reading`: a process reads it. `waiting`: it is to be read, and nobody does yet. `stopped`: it is not to be read.',
  }),
  phase: Type.Enum(['list', 'rooms', 'shrunk'], {
    description:
      '`list`: the list of people is being read. `rooms`: it is complete. `shrunk`: it has lost so many that it is not believed.',
  }),
  listed: Type.Integer({ description: 'How many people of the site this round of the list has named.' }),
  oddEntries: Type.Integer({ description: 'How many entries of the list say too little to be anybody.' }),
  missing: Type.Integer({ description: 'How many people, or rooms, a list has lost that is not believed.' }),
  known: Type.Integer({ description: 'How many people were known when the list was begun.' }),
  rooms: Type.Integer({ description: 'How many rooms there are to read.' }),
  unread: Type.Integer({ description: 'How many of them have not been read yet.' }),
  failed: Type.Integer({ description: 'How many could not be read at the last attempt.' }),
  newestReadAt: textOrNull(),
  oldestReadAt: textOrNull(),
  listedAt: textOrNull('When the list was last read to its end.'),
  roomsPerMinute: Type.Union([Type.Integer(), Type.Null()]),
  secondsLeft: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Until all rooms have been read once, at this pace; null where nobody can say.',
  }),
  freshness: Type.String({ description: 'How fresh it is, in words.' }),
  freshnessMessage: messageOrNull(),
  stopReason: textOrNull('Why the last reading stopped, where it could not go on.'),
  stopMessage: messageOrNull(),
})

export const SyncStartRequest = Type.Object(
  {
    acceptShrink: Type.Optional(Type.Boolean({ description: 'Believe a list of people that has lost many at once.' })),
  },
  closed,
)

export const WebexSitesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      siteUrl: Type.String(),
      mirrored: Type.Boolean({ description: 'Whether it is read already.' }),
    }),
  ),
})

export const MirrorSiteRequest = Type.Object({ siteUrl: NewSiteRequest.properties.siteUrl }, closed)

export type WebexSitesAnswer = Static<typeof WebexSitesAnswer>
export type SyncAnswer = Static<typeof SyncAnswer>
