/** What an import would do: the columns that were found, how many people of each state, and the rows at fault. */
import type { ImportAnswer } from '../data/import-people.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Notice } from '../ui/notice.tsx'
import { Table } from '../ui/table.tsx'
import { faultsCsv } from './faults-csv.ts'

/** More rows than that are read in the file. */
const faultsShown = 20

export function ImportPreview({ found }: { found: ImportAnswer }) {
  const text = useWords().people
  const { integer } = useFormat()
  const { good, present, faulty, states, tidied, table } = found
  const columns = Object.entries(table.columns)
  return (
    <>
      <p>
        <strong>{text.good(good, integer)}</strong> {present > 0 && text.present(present, integer)}
      </p>
      {faulty > 0 && <Faults found={found} />}
      <Table
        columns={[
          { head: text.takenFrom, cell: ([, names]) => <span className="break">{names.join(', ')}</span> },
          { head: text.field, cell: ([field]) => text.fields[field] ?? field },
        ]}
        rows={columns}
        keyOf={([field]) => field}
      />
      {table.notUsed.length > 0 && (
        <p className="quiet break">
          {text.notUsed} {table.notUsed.join(', ')}
        </p>
      )}
      {table.aboveHeader.length > 0 && (
        <p className="quiet break">
          {text.aboveHeader} {table.aboveHeader.join(', ')}
        </p>
      )}
      {Object.keys(states).length > 0 && (
        <div>
          <h3>{text.statesTitle}</h3>
          <ul>
            {Object.entries(states).map(([state, count]) => (
              <li key={state}>
                {integer(count)} {text.states[state] ?? state}
              </li>
            ))}
          </ul>
        </div>
      )}
      {tidied.length > 0 && <p className="quiet">{text.tidied(tidied.length, integer)}</p>}
    </>
  )
}

function Faults({ found: { faulty, faults } }: { found: ImportAnswer }) {
  const text = useWords().people
  const { integer } = useFormat()
  const shown = faults.slice(0, faultsShown)
  return (
    <>
      <Notice tone="warning">
        {text.faulty(faulty, integer)}{' '}
        <a href={faultsCsv(faults)} download="faults.csv">
          {faults.length < faulty ? text.downloadFirst(integer(faults.length)) : text.download}
        </a>
      </Notice>
      <section aria-label={text.faults}>
        <Table
          columns={[
            { head: text.fault, cell: ({ fault }) => <span className="break">{fault}</span> },
            { head: text.line, cell: ({ line }) => integer(line), number: true },
          ]}
          rows={shown}
          keyOf={({ line, fault }) => `${line} ${fault}`}
        />
      </section>
      {faulty > shown.length && <p className="quiet small">{text.firstFaults(integer(shown.length))}</p>}
    </>
  )
}
