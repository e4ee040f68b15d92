/** The style of the plot: the colours of the audit's page, and dashes for people who cannot tell colours apart. */
import { Html } from '#roomkey/guessability/render/html.js'

export const plotStyle = new Html(`<style>
svg { --page: #fff; --text: #1b1f24; --soft: #59636e; --line: #d9dee3; --fifth: #f0f2f4; --first: #0f766e; --second: #c2410c; --third: #7c8794 }
@media (prefers-color-scheme: dark) {
  svg { --page: #14171a; --text: #e8eaed; --soft: #a3abb3; --line: #363c42; --fifth: #1f2429; --first: #2dd4bf; --second: #fb923c; --third: #8b949e }
}
text { fill: var(--soft); font: 13px system-ui, "Segoe UI", Roboto, sans-serif }
.head { fill: var(--text); font-size: 20px; font-weight: 600 }
.title { fill: var(--text); font-weight: 600 }
.good { fill: var(--first); font-size: 15px }
.bad { fill: var(--second); font-size: 15px; font-weight: 600 }
.page { fill: var(--page) }
.fifth { fill: var(--fifth) }
.grid { stroke: var(--line) }
.axis { stroke: var(--soft) }
.first, .second, .third { fill: none; stroke-width: 1.8; stroke-linejoin: round }
.first { stroke: var(--first) }
.second { stroke: var(--second); stroke-dasharray: 6 3 }
.third { stroke: var(--third); stroke-width: 1.2 }
</style>`)
