/** The audit's two charts as inline SVG, for one audit or for two. Colours come from the page's style. */

import { approximately } from '../../messages/numbers.ts'
import { type Html, html } from './html.ts'

/** `style` is the class of the line or bars: a single audit has `first`. */
export interface Series<Value> {
  name: string
  style: 'first' | 'second'
  values: readonly Value[]
}

const width = 640
const height = 420
const left = 46
const right = 20
const top = 14
const bottom = 46
const plotWidth = width - left - right
const plotHeight = height - top - bottom
const shares = [0, 0.25, 0.5, 0.75, 1]

/** Bars by band: values are shares of the rooms, 0 to 1; `edges` are the lower ends of the bands, in bits. */
export function histogram(series: readonly Series<number>[], edges: readonly number[], description: string): Html {
  const bandWidth = plotWidth / edges.length
  const barWidth = (bandWidth - 6) / series.length
  const bars = series.flatMap(({ style, values }, index) =>
    values.map((share, band) => {
      const barHeight = share === 0 ? 0 : Math.max(1.5, share * plotHeight)
      const x = left + band * bandWidth + 3 + index * barWidth
      return html`<rect class="${style}" x="${round(x)}" y="${round(yOf(0) - barHeight)}" width="${round(barWidth - 1)}" height="${round(barHeight)}"/>`
    }),
  )
  const labels = edges.map((edge, band) => label(left + band * bandWidth, edge))
  return picture(description, [...labels, bars, axisTitle('bits of strength')])
}

/** Lines over a logarithmic axis of guesses. `marks` are the guesses to point out. */
export function curve(
  series: readonly Series<{ guesses: number; share: number }>[],
  marks: readonly number[],
  description: string,
): Html {
  const all = series.flatMap(({ values }) => values.map(point => point.guesses))
  const decades = Math.round(Math.log10(Math.max(...all)))
  const xOf = (guesses: number) => left + (Math.log10(guesses) / decades) * plotWidth
  const lines = series.map(({ style, values }) => {
    const points = values.map(({ guesses, share }) => `${round(xOf(guesses))} ${round(yOf(share))}`)
    return html`<path class="${style}" d="M${points.join('L')}"/>`
  })
  const ticks = Array.from({ length: decades / 2 + 1 }, (_, index) => 10 ** (index * 2))
  const labels = ticks.map(guesses => label(xOf(guesses), shortNumber(guesses)))
  const verticals = marks.map(
    guesses =>
      html`<line class="mark" x1="${round(xOf(guesses))}" x2="${round(xOf(guesses))}" y1="${top}" y2="${yOf(0)}"/>`,
  )
  return picture(description, [verticals, labels, lines, axisTitle('guesses per person')])
}

function picture(description: string, content: readonly (Html | Html[])[]): Html {
  const grid = shares.map(
    share => html`<line class="grid" x1="${left}" x2="${width - right}" y1="${yOf(share)}" y2="${yOf(share)}"/>
<text x="${left - 8}" y="${yOf(share) + 4}" text-anchor="end">${share * 100}%</text>`,
  )
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">${grid}${content}</svg>`
}

function label(x: number, text: string | number): Html {
  return html`<text x="${round(x)}" y="${height - bottom + 20}" text-anchor="middle">${text}</text>`
}

function axisTitle(text: string): Html {
  return html`<text x="${left + plotWidth / 2}" y="${height - 6}" text-anchor="middle">${text}</text>`
}

function yOf(share: number): number {
  return top + (1 - share) * plotHeight
}

function shortNumber(guesses: number): string {
  return approximately(guesses)
    .replace(/(illion|rillion)$/, '')
    .replace(/ [mbt].*$/, unit => ` ${unit.trim()[0]}n`)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
