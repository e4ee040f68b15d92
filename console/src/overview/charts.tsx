/** The charts of the overview. `ChartTable` shows the same numbers as text, to read aloud or to copy. */
import { Fragment, type ReactNode } from 'react'
import { useWords } from '../language/use-words.ts'

const width = 560
const height = 230
const left = 44
const right = 8
const top = 10
const bottom = 40
const plotWidth = width - left - right
const plotHeight = height - top - bottom

export interface Bar {
  label: string
  /** In the tooltip and in the table. */
  range: string
  value: number
  tone: 'bad' | 'fair' | 'good'
}

export function Bars({
  bars,
  before,
  about,
  axis,
  percent,
}: {
  bars: Bar[]
  /** What the bars were before, drawn as outlines; as many, of the same sum. */
  before?: number[]
  about: string
  axis: string
  percent: (share: number) => string
}) {
  const sum = bars.reduce((all, { value }) => all + value, 0) || 1
  const max = niceShare(Math.max(...bars.map(({ value }) => value), ...(before ?? [])) / sum)
  const step = plotWidth / bars.length
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(2, (value / sum / max) * plotHeight))
  return (
    <Chart about={about} axis={axis} max={max} percent={percent}>
      {bars.map(({ label, range, value, tone }, index) => {
        const tall = heightOf(value)
        const was = heightOf(before?.[index] ?? 0)
        const x = left + index * step
        return (
          <Fragment key={label}>
            <rect className={`bar ${tone}`} x={x + 2} y={top + plotHeight - tall} width={step - 4} height={tall} rx="2">
              <title>{`${range}: ${percent(value / sum)}`}</title>
            </rect>
            {was > 0 && (
              <rect className="bar-before" x={x + 2} y={top + plotHeight - was} width={step - 4} height={was} rx="2" />
            )}
            <text x={x} y={height - bottom + 16} textAnchor="middle">
              {label}
            </text>
          </Fragment>
        )
      })}
    </Chart>
  )
}

export interface CurvePoint {
  guesses: number
  share: number
}

export function Curve({
  points,
  highlighted,
  about,
  axis,
  percent,
  compact,
}: {
  points: CurvePoint[]
  /** Numbers of guesses that are marked by a line and a dot. */
  highlighted: number[]
  about: string
  axis: string
  percent: (share: number) => string
  compact: (value: number) => string
}) {
  const decades = Math.log10(points.at(-1)?.guesses ?? 10)
  const x = (guesses: number) => left + (Math.log10(guesses) / decades) * plotWidth
  const y = (share: number) => top + (1 - share) * plotHeight
  const line = points.map(({ guesses, share }) => `${x(guesses)} ${y(share)}`).join('L')
  const ticks = Array.from({ length: Math.floor(decades / 3) + 1 }, (_, index) => 10 ** (index * 3))
  return (
    <Chart about={about} axis={axis} max={1} percent={percent}>
      {highlighted.map(guesses => (
        <line key={guesses} className="guess-line" x1={x(guesses)} x2={x(guesses)} y1={top} y2={top + plotHeight} />
      ))}
      <path className="area" d={`M${left} ${y(0)}L${line}L${left + plotWidth} ${y(0)}Z`} />
      <path className="line" d={`M${line}`} />
      {points
        .filter(({ guesses }) => highlighted.includes(guesses))
        .map(({ guesses, share }) => (
          <circle key={guesses} className="dot" cx={x(guesses)} cy={y(share)} r="4">
            <title>{`${compact(guesses)}: ${percent(share)}`}</title>
          </circle>
        ))}
      {ticks.map(guesses => (
        <text
          key={guesses}
          x={x(guesses)}
          y={height - bottom + 16}
          // Centred, the last label would be cut off.
          textAnchor={width - x(guesses) < left ? 'end' : 'middle'}
        >
          {compact(guesses)}
        </text>
      ))}
    </Chart>
  )
}

function Chart({
  about,
  axis,
  max,
  percent,
  children,
}: {
  about: string
  axis: string
  max: number
  percent: (share: number) => string
  children: ReactNode
}) {
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={about}>
      {[0, 0.25, 0.5, 0.75, 1].map(part => {
        const y = top + (1 - part) * plotHeight
        return (
          <Fragment key={part}>
            <line className="grid" x1={left} x2={width - right} y1={y} y2={y} />
            <text x={left - 8} y={y + 4} textAnchor="end">
              {percent(part * max)}
            </text>
          </Fragment>
        )
      })}
      {children}
      <text x={left + plotWidth / 2} y={height - 4} textAnchor="middle">
        {axis}
      </text>
    </svg>
  )
}

/** The smallest of a few round shares that is not below this one. */
function niceShare(share: number): number {
  return [0.04, 0.08, 0.2, 0.4, 0.6, 0.8].find(each => each >= share) ?? 1
}

/** The numbers of a chart, folded away. */
export function ChartTable({ head, rows }: { head: [string, string]; rows: [string, string][] }) {
  const words = useWords()
  return (
    <details className="chart-table">
      <summary>{words.overview.asTable}</summary>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{head[0]}</th>
            <th scope="col" className="number">
              {head[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
