/** The figures of a run for people: as a table on a terminal, and as one of Markdown for docs/performance.md. */
import Table from 'cli-table3'
import { type Figure, meets } from './measure.ts'

const head = ['metric', 'value', 'unit', 'target', '']

export function renderTable(figures: Figure[]): string {
  const table = new Table({ head, style: { head: [], border: [] } })
  table.push(...figures.map(cells))
  return `${table.toString()}\n`
}

export function renderMarkdown(figures: Figure[]): string {
  const row = (texts: string[]) => `| ${texts.join(' | ')} |\n`
  return [head, head.map(() => '---'), ...figures.map(cells)].map(row).join('')
}

function cells(figure: Figure): string[] {
  const { name, value, unit, target } = figure
  const wanted = target === undefined ? '' : 'least' in target ? `at least ${target.least}` : `at most ${target.most}`
  const judged = target === undefined ? '' : value === null ? 'not measured' : meets(figure) ? 'met' : 'missed'
  return [name, value === null ? '' : sayValue(value), unit, wanted, judged]
}

function sayValue(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
