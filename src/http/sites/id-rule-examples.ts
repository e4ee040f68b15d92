/** Examples of the IDs that a rule would make for people of the site, to try it before setting it. */
import Type from 'typebox'
import { guessability } from '../../guessability/guessability.ts'
import { strengthOf } from '../../guessability/strength.ts'
import { type GenerationMethod, generationMethods, proposeRoomId } from '../../rooms/id-rule.ts'
import { listPeople } from '../../store/people/directory-pages.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { ExampleAnswer } from '../../wire/examples.ts'
import { SiteParams } from '../../wire/sites.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'

const people = 3

const Query = Type.Object(
  {
    generationMethod: Type.Enum([...generationMethods]),
    prefix: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9._-]{0,15}$' }),
    length: Type.String({ pattern: '^(8|9|[123][0-9]|40)$' }),
  },
  { additionalProperties: false },
)

export function examples({ app, store }: Api): void {
  app.get(
    '/api/sites/:siteUrl/examples',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Try a rule for new IDs',
        description:
          'Examples for the first hosts of the site. Nothing is changed, and random IDs differ from call to call.',
        tags: ['Sites'],
        params: SiteParams,
        querystring: Query,
        response: { 200: Type.Object({ items: Type.Array(ExampleAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const { generationMethod, prefix, length } = request.query
      const rule = { method: generationMethod as GenerationMethod, prefix, length: Number(length) }
      const found = (await listPeople(store.db, [site.site_id], null, 100)).people.filter(({ host }) => host === 1)
      const items = found.slice(0, people).map(person => {
        const { id } = proposeRoomId(rule, person, secureRandomText)
        const judged = guessability(person, id, rule)
        return {
          displayName: person.displayName,
          personalMeetingRoomId: id,
          strength: strengthOf(judged),
          bits: judged.bits,
        }
      })
      return { items }
    },
  )
}
