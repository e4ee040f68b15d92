/** Readings that are late, or show a link in another shape. */
import type { Fault } from '../fault.ts'

/** Less than the half hour that Webex documents. */
const staleMs = 29 * 60_000

export const readings = {
  staleSteady: {
    about: 'readings are 29 minutes old',
    webexOnly: true,
    begin: () => ({ readingAge: () => staleMs }),
  },
  staleFlipping: {
    about: 'readings are 29 minutes old or fresh, by chance',
    webexOnly: true,
    begin: ({ chance }) => ({ readingAge: () => (chance.next() < 0.5 ? staleMs : 0) }),
  },
  joinLinks: {
    about: 'links are /join/ID',
    begin: ({ siteUrl }) => ({ roomLink: id => `https://${siteUrl}/join/${id}` }),
  },
  sitePathLinks: {
    about: 'links have the name of the site in their path',
    begin: ({ siteUrl }) => ({ roomLink: id => `https://${siteUrl}/${siteUrl.split('.')[0]}/meet/${id}` }),
  },
} satisfies Record<string, Fault>
