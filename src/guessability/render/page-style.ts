/** The look of the audit's page: light, dark and on paper. */
import { Html } from './html.ts'

export const pageStyle = new Html(`
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --text: #1b1f24; --soft: #59636e; --line: #d9dee3;
  --first: #c2410c; --second: #0f766e; --bar: #e5e9ed }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --card: #1d2125; --text: #e8eaed; --soft: #a3abb3; --line: #363c42;
    --first: #fb923c; --second: #2dd4bf; --bar: #2c3238 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; text-wrap: balance }
h2 { font-size: 18px; margin: 0 0 4px }
p { margin: 0 0 12px; max-width: 75ch }
.soft { color: var(--soft) }
.verdict { font-size: 18px; max-width: none; margin: 16px 0; padding: 14px 18px; border-left: 5px solid var(--first);
  background: var(--card); border-radius: 4px }
.verdict.good { border-left-color: var(--second) }
.tiles { margin-top: 24px; display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 12px; margin-bottom: 24px }
.tile, section { background: var(--card); border: 1px solid var(--line); border-radius: 8px }
.tile { padding: 14px 16px }
.tile b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums }
.tile span { color: var(--soft); font-size: 13px }
section { padding: 20px 22px; margin-bottom: 20px }
.beside { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(250px, 1fr); gap: 28px; align-items: start }
@media (max-width: 800px) { .beside { grid-template-columns: 1fr } .note { display: none } }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 13.5px }
th { text-align: left; font-weight: 600; color: var(--soft); white-space: nowrap }
th, td { padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
th:last-child, td:last-child { padding-right: 0 }
tr.key td { font-weight: 600 }
.id { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; overflow-wrap: anywhere }
.meter { display: block; min-width: 90px; height: 10px; margin-top: 6px; background: var(--bar); border-radius: 2px }
.meter i { display: block; height: 100%; background: var(--first); border-radius: 2px }
.meter.second i { background: var(--second) }
svg { display: block; width: 100%; height: auto }
svg text { fill: var(--soft); font: 12px system-ui, "Segoe UI", Roboto, sans-serif }
svg .grid { stroke: var(--line); stroke-width: 1 }
svg .mark { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 4 }
svg .first { fill: var(--first) }
svg .second { fill: var(--second) }
svg path.first { fill: none; stroke: var(--first); stroke-width: 2.5 }
svg path.second { fill: none; stroke: var(--second); stroke-width: 2.5; stroke-dasharray: 7 4 }
.legend { display: flex; gap: 20px; margin: 0 0 6px; font-size: 13px }
.legend span::before { content: ""; display: inline-block; width: 12px; height: 12px; margin-right: 7px; border-radius: 2px;
  vertical-align: -1px; background: var(--first) }
.legend span.second::before { background: var(--second) }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --first: #c2410c;
    --second: #0f766e; --bar: #eee }
  * { print-color-adjust: exact }
  body { font-size: 11px }
  main { max-width: none; padding: 0 }
  table, .id { font-size: 10px }
  .tile b { font-size: 17px }
  .verdict { font-size: 14px }
  .tiles { grid-template-columns: repeat(4, 1fr) }
  .beside { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr); gap: 16px }
  section { border: 0; padding: 12px 0; border-top: 1px solid var(--line); border-radius: 0; break-inside: avoid }
  section.long { break-inside: auto }
  tr { break-inside: avoid }
}
`)
