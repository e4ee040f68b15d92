/** Renders an audit, or the comparison of two, as one page: self-contained, printable, without a script. */
import { approximately, percent, plural } from '../../messages/numbers.ts'
import type { Audit } from '../../wire/audit.ts'
import type { Comparison } from '../site-report/compare-audits.ts'
import { curve, histogram, type Series } from './charts.ts'
import { type Html, html } from './html.ts'
import { pageStyle } from './page-style.ts'
import { agesTable, type ColouredAudit, classesTable, curveTable, strengthTable, worstTable } from './page-tables.ts'
import { day, headlines, title, verdict } from './wording.ts'

const tilesShown = 4
const withinReach = 1_000_000

export function renderAuditHtml(audit: Audit): string {
  const shown: ColouredAudit[] = [{ name: 'Rooms', style: 'first', audit }]
  const rows = headlines(audit)
  const tiles = rows
    .slice(0, tilesShown)
    .map(({ label, value }) => html`<div class="tile"><b>${value}</b><span>${label}</span></div>`)
  const others = rows
    .slice(tilesShown)
    .map(({ label, value }) => html`<tr><td>${label}</td><td class="number">${value}</td></tr>`)
  return page(
    `How guessable are ${title(audit)}?`,
    `${plural(audit.rooms, 'room')}, audited on ${day(audit.auditedAt)}`,
    [
      verdictBox(audit, ''),
      html`<div class="tiles">${tiles}</div>`,
      metricsTable(shown),
      html`<section><h2>Also worth knowing</h2><div class="beside"><table>${others}</table>${agesTable(shown)}</div></section>`,
      worst('The fifty most guessable rooms', audit),
      method,
    ],
  )
}

export function renderComparisonHtml({ before, after, rows }: Comparison): string {
  const shown: ColouredAudit[] = [
    { name: 'Before', style: 'first', audit: before },
    { name: 'After', style: 'second', audit: after },
  ]
  const cells = rows.map(
    row =>
      html`<tr><td>${row.label}</td><td class="number">${row.before}</td><td class="number">${row.after}</td></tr>`,
  )
  const head = html`<thead><tr><th></th><th class="number">Before</th><th class="number">After</th></tr></thead>`
  const dates = `Before: ${day(before.auditedAt)}. After: ${day(after.auditedAt)}.`
  return page(`How guessable are ${title(after)}, before and after?`, dates, [
    verdictBox(before, 'Before: '),
    verdictBox(after, 'After: '),
    html`<section><h2>Side by side</h2><table>${head}<tbody>${cells}</tbody></table></section>`,
    metricsTable(shown),
    html`<section><h2>Age of the IDs</h2>${agesTable(shown)}</section>`,
    stillWithinReach(after),
    method,
  ])
}

function metricsTable(shown: readonly ColouredAudit[]): Html {
  const classes = html`<section><h2>What the IDs are made from</h2>
<p class="soft">The first way to make the ID, in the order in which an attacker would try them.</p>${classesTable(shown)}</section>`
  const strengths = shown.map(({ name, style, audit }): Series<number> => {
    return { name, style, values: audit.strength.map(band => (audit.rooms === 0 ? 0 : band.rooms / audit.rooms)) }
  })
  const edges = shown[0]!.audit.strength.map(band => band.fromBits)
  const curves = shown.map(({ name, style, audit }) => ({ name, style, values: audit.curve }))
  const marks = shown[0]!.audit.found.map(point => point.guesses)
  return html`${classes}
<section><h2>Strength</h2>
<p class="soft">Each bit doubles the guesses that an ID takes. Twenty bits are a million guesses; a random ID of Webex has 62.</p>
${legend(shown)}<div class="beside">${histogram(strengths, edges, describe(shown, 'Histogram of bits'))}${strengthTable(shown)}</div></section>
<section><h2>Discovery</h2>
<p class="soft">The share of the rooms that are found when an attacker makes that many guesses for each person.</p>
${legend(shown)}<div class="beside">${curve(curves, marks, describe(shown, 'Discovery curve'))}${curveTable(shown)}</div></section>`
}

function describe(shown: readonly ColouredAudit[], what: string): string {
  const found = shown.map(({ name, audit }) => {
    const parts = audit.found.map(point => `${percent(point.share)} within ${approximately(point.guesses)} guesses`)
    return `${name}: ${parts.join(', ')}`
  })
  return `${what}. ${found.join('. ')}. The table beside it has the numbers.`
}

function legend(shown: readonly ColouredAudit[]): Html | string {
  if (shown.length < 2) return ''
  return html`<p class="legend">${shown.map(({ name, style }) => html`<span class="${style}">${name}</span>`)}</p>`
}

function verdictBox(audit: Audit, when: string): Html {
  const good = audit.found.every(point => point.rooms < 0.5)
  return html`<p class="verdict${good ? ' good' : ''}">${when}${verdict(audit)}</p>`
}

function worst(heading: string, audit: Audit): Html {
  if (audit.worst.length === 0) return html``
  return html`<section class="long"><h2>${heading}</h2>
<p class="soft">Of equally guessable ones, those that have been out longest come first.</p>${worstTable(audit)}</section>`
}

function stillWithinReach(after: Audit): Html {
  const worstLeft = after.worst.filter(room => room.guesses <= withinReach)
  return worst('Rooms that a million guesses still find', { ...after, worst: worstLeft })
}

const method = html`<section><h2>How this was judged</h2>
<p>Every ID is held against three attackers, and counts as the one who has it cheapest makes it. The first has the staff
directory and tries, person by person, what names and addresses yield: the site's own rules, other forms and spellings of the
names, nicknames, words and numbers around them, common words, dates. The second has the link of a colleague and counts up and
down from its number. The third knows only how such IDs look, and tries them all.</p>
<p>A guess is one call of a room's link. Ten a second, by one machine and without haste, are the basis of the times given. Whether
an ID that a person chose is random can only be judged by its looks, so that its strength is an upper bound.</p></section>`

function page(heading: string, subtitle: string, content: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title>
<style>${pageStyle}</style>
</head>
<body><main>
<h1>${heading}</h1>
<p class="soft">${subtitle}</p>
${content}
</main></body>
</html>
`.text
}
