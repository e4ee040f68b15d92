/** Renders the metrics of a run: as a table for a terminal, and as one in Markdown for docs/performance.md. */
import Table from 'cli-table3'
import { type Metric, meets } from './measure.ts'

const head = ['metric', 'value', 'unit', 'target', '']

export function renderTable(metrics: Metric[]): string {
  const table = new Table({ head, style: { head: [], border: [] } })
  table.push(...metrics.map(cells))
  return `${table.toString()}\n`
}

export function renderMarkdown(metrics: Metric[]): string {
  const row = (texts: string[]) => `| ${texts.join(' | ')} |\n`
  return [head, head.map(() => '---'), ...metrics.map(cells)].map(row).join('')
}

function cells(metric: Metric): string[] {
  const { name, value, unit, target } = metric
  const wanted = target === undefined ? '' : 'min' in target ? `at least ${target.min}` : `at most ${target.max}`
  const judged = target === undefined ? '' : value === null ? 'not measured' : meets(metric) ? 'met' : 'missed'
  return [name, value === null ? '' : sayValue(value), unit, wanted, judged]
}

function sayValue(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
