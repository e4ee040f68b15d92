import type { ReactNode } from 'react'

export interface Column<Row> {
  head: string
  cell(row: Row): ReactNode
  /** Aligns the column to the right. */
  number?: boolean
  /** Shows the head to screen readers only, where the cells speak for themselves. */
  quietHead?: boolean
  className?: string
}

interface Props<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): string | number
}

/**
 * A table. On a phone each row is a block of its own, with the heads beside the cells. The roles are explicit, because
 * browsers drop the table semantics of parts that are not laid out as a table.
 */
export function Table<Row>({ columns, rows, keyOf }: Props<Row>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above.
    // biome-ignore-start lint/a11y/useSemanticElements: see above.
    <table className="plain stacking" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head, number, quietHead, className }) => (
            <th key={head} scope="col" role="columnheader" className={classOf(number, className)}>
              {quietHead ? <span className="unseen">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ head, cell, number, quietHead, className }) => (
              <td
                key={head}
                role="cell"
                className={classOf(number, className)}
                data-head={quietHead ? undefined : head}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above.
    // biome-ignore-end lint/a11y/useSemanticElements: see above.
  )
}

function classOf(number: boolean | undefined, className: string | undefined): string | undefined {
  return [number && 'number', className].filter(Boolean).join(' ') || undefined
}
