/** Roomkey's sites under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { generationMethods } from '../rooms/id-rule.ts'
import { textOrNull } from './nullable.ts'
import { text } from './text.ts'

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
