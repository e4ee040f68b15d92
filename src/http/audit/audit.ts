/** Get the audit of a site: how guessable its rooms are. */
import { Audit } from '../../wire/audit.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { SiteParams } from '../../wire/sites.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import type { AuditCache } from './audit-cache.ts'

export function audit({ app, store }: Api, audits: AuditCache, work: WorkLimits): void {
  app.get(
    '/api/audit',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Get the audit of a site: how guessable its rooms are',
        description:
          'Covers every room of the site and is cached until a room changes. If making it takes more than a second, the answer may be up to a minute old: see `auditedAt`.',
        tags: ['Audit'],
        querystring: SiteParams,
        response: { 200: Audit, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.query.siteUrl)
      return work.during('audits', caller, site.url, () => audits.of(site))
    },
  )
}
