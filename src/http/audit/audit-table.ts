/** Audits the rooms of a table that is sent, as `roomkey audit FILE` does: of any site, also one that is not here. */
import Type from 'typebox'
import { describeTable } from '../../directory/files/describe-table.ts'
import { inSlices } from '../../directory/files/in-slices.ts'
import type { Table } from '../../directory/files/read-table.ts'
import { auditUses, roomsOfTable } from '../../directory/files/rooms-of-table.ts'
import { webexContext } from '../../guessability/guessability.ts'
import { Audit } from '../../wire/audit.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { ReadColumnsAndNotes } from '../../wire/tables.ts'
import { text } from '../../wire/text.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { tableTypes, takingTables, withTable } from '../limits/receive-table.ts'
import type { WorkLimits } from '../limits/work-limits.ts'
import { auditInThread } from './audit-in-thread.ts'

const Query = Type.Object(
  {
    name: text('What the table is called.'),
    encoding: Type.Optional(text('Of a table that is neither UTF-8 nor UTF-16, e.g. `windows-1252`.')),
  },
  { additionalProperties: false },
)

/** Rooms that are handed to the thread at once. */
const perSlice = 500

export function auditTable({ app }: Api, work: WorkLimits): void {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())

  async function audited(table: Table) {
    const { source, notes } = roomsOfTable(table)
    const passes = { ids: inSlices(source(), perSlice), rooms: inSlices(source(), perSlice) }
    const task = { now: app.clock.now(), rule: webexContext }
    const { audit } = await auditInThread(passes, task, stopping.signal)
    return { ...audit, table: { ...describeTable(table, auditUses), notes } }
  }

  takingTables(app, scope =>
    scope.post(
      '/api/audit',
      {
        config: { access: adminAccess },
        schema: {
          summary: 'Audit the rooms of a table: how guessable they are',
          description: `The body is the file, up to 64 MiB, as ${tableTypes.join(' or ')}: people with their links or IDs. Nothing of it is kept.`,
          tags: ['Audit'],
          querystring: Query,
          response: {
            200: Type.Object({ ...Audit.properties, table: ReadColumnsAndNotes }),
            '4xx': ErrorAnswer,
            '5xx': ErrorAnswer,
          },
        },
      },
      request => {
        const { name, encoding } = request.query
        return work.during('tables', callerOf(request), '', () => withTable(request, { name, encoding }, audited))
      },
    ),
  )
}
