/** One panel of the plot: some lines over the minutes, with an axis of its own. */
import { type Html, html } from '#roomkey/guessability/render/html.js'

export interface Line {
  name: string
  /** The class of its colour. */
  style: 'first' | 'second' | 'third'
  /** One for each sample; null where there is nothing to show. */
  values: readonly (number | null)[]
}

export interface Panel {
  title: string
  /** Shown at the upper right: what was judged here. */
  note: string
  unit: string
  /** Logarithmic, where a stall would make everything else flat. */
  logarithmic: boolean
  lines: readonly Line[]
}

/** The position of a panel, and the scale of its minutes. */
export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
  xOf(index: number): number
}

const maxTicks = 5

export function drawPanel({ title, note, unit, logarithmic, lines }: Panel, frame: Frame): Html {
  const values = lines.flatMap(line => line.values.filter(value => value !== null))
  const axis = logarithmic ? decades(values) : fromZero(Math.max(...values, 0))
  const { left, right, top, bottom } = frame
  const yOf = (value: number) => bottom - axis.shareOf(value) * (bottom - top)
  const grid = axis.ticks.map(
    tick => html`<line class="grid" x1="${left}" x2="${right}" y1="${round(yOf(tick))}" y2="${round(yOf(tick))}"/>
<text x="${left - 8}" y="${round(yOf(tick) + 4)}" text-anchor="end">${tick.toLocaleString('en')}</text>`,
  )
  const key = lines.map(
    ({ name, style }, index) =>
      html`<line class="${style}" x1="${left + index * 150}" x2="${left + index * 150 + 22}" y1="${top - 14}" y2="${top - 14}"/>
<text x="${left + index * 150 + 28}" y="${top - 10}">${name}</text>`,
  )
  const paths = lines.map(({ style, values }) => html`<path class="${style}" d="${path(values, frame, yOf)}"/>`)
  return html`<text class="title" x="${left}" y="${top - 32}">${title}, ${unit}</text>
<text x="${right}" y="${top - 32}" text-anchor="end">${note}</text>${key}${grid}${paths}`
}

interface Axis {
  ticks: number[]
  /** The height, from 0 to 1. */
  shareOf(value: number): number
}

function fromZero(most: number): Axis {
  const step = stepFor(most / maxTicks)
  const count = Math.max(1, Math.ceil(most / step))
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
    shareOf: value => value / (step * count),
  }
}

/** The next of 1, 2, 5, 10, 20, … */
function stepFor(least: number): number {
  if (least <= 0) return 1
  const decade = 10 ** Math.floor(Math.log10(least))
  return decade * [1, 2, 5, 10].find(factor => factor * decade >= least)!
}

function decades(values: readonly number[]): Axis {
  const above = values.filter(value => value > 0)
  const low = Math.floor(Math.log10(Math.min(...above, 1)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...above, 1))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    shareOf: value => (Math.log10(value) - low) / (high - low),
  }
}

function path(values: Line['values'], { xOf }: Frame, yOf: (value: number) => number): string {
  let drawing = false
  return values
    .map((value, index) => {
      const command = drawing ? 'L' : 'M'
      drawing = value !== null
      return value === null ? '' : `${command}${round(xOf(index))} ${round(yOf(value))}`
    })
    .join('')
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
