/** Roomkey's sites under /api. Times are ISO 8601. */
import Type, { type Static } from 'typebox'
import { generationMethods } from '../rooms/id-rule.ts'
import { textOrNull } from './nullable.ts'
import { text } from './text.ts'

export type { GenerationMethod } from '../rooms/id-rule.ts'

const closed = { additionalProperties: false }

export const SiteParams = Type.Object({ siteUrl: text('The site, e.g. `example.webex.com`.') })

const siteRule = {
  generationMethod: Type.Enum([...generationMethods], {
    description: 'How the site makes IDs. A change touches nobody who has one.',
  }),
  prefix: Type.String({
    pattern: '^[A-Za-z][A-Za-z0-9._-]{0,15}$',
    description: 'What stands before a number or random characters: `pr` on Webex.',
  }),
  length: Type.Integer({ minimum: 8, maximum: 40, description: 'Random characters after the prefix: 12 on Webex.' }),
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
    description: 'The guesses, as a power of two, that an ID chosen by its host must cost.',
  }),
  movedPage: Type.Boolean({
    description: 'Whether dead links say that the room may have moved and the host knows where. Never the new ID.',
  }),
  needsApproval: Type.Boolean({
    description: 'Whether a rotation starts only once a second administrator has approved its plan.',
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
  createdAt: Type.String(),
  lockedUntil: textOrNull('Until when one token alone may change rooms; null when none may exclude the others.'),
})

export type SiteAnswer = Static<typeof SiteAnswer>
