/** The soak as one SVG: latency, memory, log and file over time, readable on light and on dark pages and on paper. */
import { type Html, html } from '#roomkey/guessability/render/html.js'
import { downsample } from './downsample.ts'
import { fifthsOf, type Verdict } from './judge.ts'
import { drawPanel, type Frame, type Panel, round } from './panel.ts'
import { panelsOf } from './panels.ts'
import { plotStyle } from './plot-style.ts'
import type { Sample } from './sample.ts'

const width = 1000
const left = 70
const right = 980
const firstTop = 150
const panelHeight = 150
const panelStep = 225

export interface Plotted {
  title: string
  samples: Sample[]
  verdicts: Verdict[]
}

export function drawPlot({ title, samples, verdicts }: Plotted): string {
  const shown = downsample(samples)
  const panels = panelsOf(samples)
  // Whole seconds, so that the last minute has its tick.
  const end = Math.ceil(samples.at(-1)?.second ?? 1)
  const xAt = (second: number) => left + (second / end) * (right - left)
  const frames = panels.map((_, index): Frame => {
    const top = firstTop + index * panelStep
    return { left, right, top, bottom: top + panelHeight, xOf: index => xAt(shown[index]!.second) }
  })
  const bottom = frames.at(-1)!.bottom
  const missed = verdicts.filter(({ met }) => !met).length
  const head =
    missed === 0 ? `All ${verdicts.length} promises were kept.` : `Not kept: ${missed} of ${verdicts.length} promises.`
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 60}" role="img" aria-label="${title}. ${head}">
${plotStyle}
<rect class="page" width="${width}" height="${bottom + 60}"/>
<text class="head" x="${left}" y="38">${title}</text>
<text class="${missed === 0 ? 'good' : 'bad'}" x="${left}" y="62">${head}</text>
<text x="${left}" y="84">Grey: the second fifth of the time and the last one, which are compared by their medians.</text>
${fifths(samples, frames, xAt)}${panels.map((panel, index) => drawPanel(shownOnly(panel, samples, shown), frames[index]!))}
${minutes(end, frames, xAt)}
</svg>`
  return `${svg.text}\n`
}

function shownOnly(panel: Panel, all: Sample[], shown: Sample[]): Panel {
  const kept = new Set(shown)
  const lines = panel.lines.map(line => ({ ...line, values: line.values.filter((_, index) => kept.has(all[index]!)) }))
  return { ...panel, lines }
}

/** The two periods that are compared, behind every panel. */
function fifths(samples: Sample[], frames: Frame[], xAt: (second: number) => number): Html[] {
  return Object.values(fifthsOf(samples)).flatMap(fifth => {
    const [from, to] = [xAt(fifth[0]?.second ?? 0), xAt(fifth.at(-1)?.second ?? 0)]
    return frames.map(
      ({ top, bottom }) =>
        html`<rect class="fifth" x="${round(from)}" y="${top}" width="${round(to - from)}" height="${bottom - top}"/>`,
    )
  })
}

const maxTicks = 10
const stepsOfMinutes = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 30, 60, 120]

function minutes(end: number, frames: Frame[], xAt: (second: number) => number): Html {
  const step = stepsOfMinutes.find(each => end / 60 / each <= maxTicks) ?? 240
  const ticks = Array.from({ length: Math.floor(end / 60 / step) + 1 }, (_, index) => index * step)
  const labels = frames.flatMap(({ bottom }) =>
    ticks.map(
      tick =>
        html`<line class="axis" x1="${round(xAt(tick * 60))}" x2="${round(xAt(tick * 60))}" y1="${bottom}" y2="${bottom + 4}"/>
<text x="${round(xAt(tick * 60))}" y="${bottom + 18}" text-anchor="middle">${tick}</text>`,
    ),
  )
  return html`${labels}<text x="${(left + right) / 2}" y="${frames.at(-1)!.bottom + 42}" text-anchor="middle">minutes</text>`
}
