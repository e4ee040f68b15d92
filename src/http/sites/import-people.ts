/** Imports the people of a table into a site, as `roomkey people import` does. */
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import { describeTable } from '../../directory/files/describe-table.ts'
import { importUses } from '../../directory/files/read-people.ts'
import type { Table } from '../../directory/files/read-table.ts'
import { importTable } from '../../directory/import-table.ts'
import { message } from '../../messages/message.ts'
import type { Site } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { SiteParams } from '../../wire/sites.ts'
import { ImportAnswer } from '../../wire/tables.ts'
import { text } from '../../wire/text.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { heldSiteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { tableTypes, takingTables, withTable } from '../limits/receive-table.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { ApiError, refuse } from '../plumbing/errors.ts'

const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))

const Query = Type.Object(
  {
    name: text('What the table is called.'),
    preview: flag('Checks everything and writes nothing.'),
    partial: flag('Adds the people in valid rows even if other rows are invalid.'),
    encoding: Type.Optional(text('Of a table that is neither UTF-8 nor UTF-16, e.g. `windows-1252`.')),
  },
  { additionalProperties: false },
)

/** Rows at fault that a refusal names; a preview has more. */
const maxFaultsTold = 100

export function importPeople({ app, store }: Api, work: WorkLimits): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())

  async function imported(request: FastifyRequest, site: Site, query: Static<typeof Query>, table: Table) {
    const wish = { partial: query.partial === 'true', dryRun: query.preview === 'true' }
    const onProgress = () => {
      if (stopping.signal.aborted) throw refuse(503, message('stoppingRuns'))
    }
    const { tokenId, trackingId } = actorOf(request)
    const deps = { store, site, table, actor: { tokenId, trackingId }, onProgress }
    const { checked, added } = await importTable(deps, wish)
    const { mixedIds: _, ...counts } = checked
    if (counts.faulty > 0 && !wish.partial && !wish.dryRun) throw faulty(counts)
    return { siteUrl: site.url, added, ...counts, table: describeTable(table, importUses, true) }
  }

  takingTables(app, scope =>
    scope.post(
      '/api/sites/:siteUrl/people/import',
      {
        config: { access: adminAccess },
        schema: {
          summary: 'Import people from a table',
          description: `The body is the file, up to 64 MiB, as ${tableTypes.join(' or ')}: an export of a directory as it comes, in UTF-8 or UTF-16. People who already exist stay as they are, so an import that was interrupted can be sent again. Where a row is at fault, nothing is written, and the answer is 400 and names the first of them.`,
          tags: ['Sites'],
          params: SiteParams,
          querystring: Query,
          response: { 200: ImportAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
        },
      },
      async request => {
        const caller = callerOf(request)
        const site = await heldSiteFor(store.db, caller, request.params.siteUrl)
        return work.during('imports', caller, site.url, () =>
          withTable(request, request.query, table => imported(request, site, request.query, table)),
        )
      },
    ),
  )
}

function faulty({ good, faulty, faults }: Pick<ImportAnswer, 'good' | 'faulty' | 'faults'>): ApiError {
  const told = faults.slice(0, maxFaultsTold)
  return new ApiError(400, [
    { description: message('importFaulty', { rows: faulty, good }) },
    ...told.map(({ line, fault }) => ({ description: message('importFault', { line, fault }) })),
  ])
}
