/** What is told of a table of people that was sent: which columns were taken for what, and what an import makes of it. */
import Type, { type Static } from 'typebox'

const Count = Type.Integer({ minimum: 0 })
const texts = () => Type.Array(Type.String())

const columns = {
  file: Type.String(),
  encoding: Type.String(),
  separator: Type.String({ description: 'The character, or `tab`.' }),
  columns: Type.Record(Type.String(), texts(), {
    description: 'By field, the columns that it was taken from, the best first.',
  }),
  notUsed: texts(),
  aboveHeader: texts(),
}

export const ReadColumns = Type.Object(columns, { description: 'Which columns of the table were taken for what.' })

export const ReadColumnsAndNotes = Type.Object(
  {
    ...columns,
    notes: Type.Array(Type.String(), { description: 'Sentences about rows that were passed over or tidied.' }),
  },
  { description: 'Which columns of the table were taken for what.' },
)

export const ImportAnswer = Type.Object({
  siteUrl: Type.String(),
  added: Type.Integer({ minimum: 0, description: 'People who were added; 0 for a preview.' }),
  good: Type.Integer({ minimum: 0, description: 'Rows with a person who can be added.' }),
  present: Type.Integer({ minimum: 0, description: 'Rows with a person who already exists, and stays as they are.' }),
  faulty: Type.Integer({ minimum: 0, description: 'Rows that cannot be imported.' }),
  faults: Type.Array(Type.Object({ line: Type.Integer(), fault: Type.String() }), {
    description: 'The first thousand of them.',
  }),
  states: Type.Record(Type.String(), Count, {
    description: 'By what the table says of them, how many are no active hosts, or nobody of this site.',
  }),
  tidied: Type.Array(Type.Integer(), { description: 'Lines of addresses that were not written plainly.' }),
  table: ReadColumns,
})
export type ImportAnswer = Static<typeof ImportAnswer>
