/** The departments of a site, to choose from. */
import Type from 'typebox'
import { listDepartments } from '../../store/people/departments.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { SiteParams } from '../../wire/sites.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'

export function departments({ app, store }: Api): void {
  app.get(
    '/api/sites/:siteUrl/departments',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the departments of a site',
        description: 'Sorted by name, at most 500.',
        tags: ['Sites'],
        params: SiteParams,
        response: { 200: Type.Object({ items: Type.Array(Type.String()) }), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      return { items: await listDepartments(store.db, site.site_id) }
    },
  )
}
