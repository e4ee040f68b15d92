/** The tables of the audit's page; each shows one audit, or two side by side. */

import { approximately, integer, percent } from '../../messages/numbers.ts'
import { dayMs } from '../../time.ts'
import { type Audit, guessClasses } from '../../wire/audit.ts'
import type { Series } from './charts.ts'
import { type Html, html } from './html.ts'
import { age, ageBandName, bandName, classNames, classNotes, percentFound, roomsFound, timeFor } from './wording.ts'

/** An audit and its colour. */
export interface ColouredAudit {
  name: string
  style: Series<number>['style']
  audit: Audit
}

export function classesTable(shown: readonly ColouredAudit[]): Html {
  const roomsOf = ({ audit }: ColouredAudit, name: string) =>
    audit.classes.find(entry => entry.class === name)?.rooms ?? 0
  const classes = guessClasses.filter(name => shown.some(each => roomsOf(each, name) > 0))
  const rows = classes.map(name => {
    const cells = shown.map(each => roomsCells(each, roomsOf(each, name), true))
    const note = shown.length === 1 ? html`<td class="soft note">${classNotes[name]}</td>` : ''
    return html`<tr><td>${classNames[name]}</td>${note}${cells}</tr>`
  })
  const head = shown.map(({ name }) => html`<th class="number">${name}</th><th class="number">Share</th><th></th>`)
  return html`<div class="wide"><table><thead><tr><th>What</th>${shown.length === 1 ? html`<th class="note"></th>` : ''}${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}

export function strengthTable(shown: readonly ColouredAudit[]): Html {
  return bandsTable(shown, 'Bits', audit => audit.strength.map(band => ({ name: bandName(band), rooms: band.rooms })))
}

export function agesTable(shown: readonly ColouredAudit[]): Html {
  return bandsTable(shown, 'Age of the ID', ({ ages }) => [
    ...ages.bands.map((band, place) => ({ name: ageBandName(ages.bands, place), rooms: band.rooms })),
    { name: 'unknown', rooms: ages.unknown },
  ])
}

/** The curve at each power of ten. */
export function curveTable(shown: readonly ColouredAudit[]): Html {
  const [first] = shown
  const decades = first!.audit.curve.filter(({ guesses }) => Number.isInteger(Math.log10(guesses)))
  const isHeadline = (guesses: number) => first!.audit.found.some(point => point.guesses === guesses)
  const rows = decades.map(({ guesses }) => {
    const cells = shown.map(({ audit }) => {
      const point = audit.curve.find(each => each.guesses === guesses)!
      const rooms = shown.length === 1 ? html`<td class="number">${roomsFound(point.rooms)}</td>` : ''
      return html`${rooms}<td class="number">${percentFound(point)}</td>`
    })
    const row = html`<td>${approximately(guesses)}</td>${cells}<td class="number">${timeFor(guesses)}</td>`
    return isHeadline(guesses) ? html`<tr class="key">${row}</tr>` : html`<tr>${row}</tr>`
  })
  const rooms = html`<th class="number">Rooms</th><th class="number">Share</th>`
  const names = shown.length === 1 ? rooms : shown.map(({ name }) => html`<th class="number">${name}</th>`)
  return html`<table><thead><tr><th>Guesses</th>${names}<th class="number">At 10 a second</th></tr></thead><tbody>${rows}</tbody></table>`
}

export function worstTable({ worst, auditedAt, siteUrls }: Audit): Html {
  const now = Date.parse(auditedAt)
  const severalSites = siteUrls.length > 1
  const rows = worst.map(
    room => html`<tr><td><bdi>${room.firstName}</bdi> <bdi>${room.lastName}</bdi><br><span class="soft">${room.email}</span></td>
<td class="id">${room.roomId}${severalSites ? html`<br><span class="soft">${room.siteUrl ?? ''}</span>` : ''}</td>
<td class="number">${approximately(room.guesses)}</td>
<td class="number">${room.since === undefined ? '' : age((now - room.since) / dayMs)}</td>
<td>${room.reason}</td></tr>`,
  )
  return html`<div class="wide"><table><thead><tr><th>Person</th><th>ID</th><th class="number">Guesses</th><th class="number">Age</th><th>Why</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function bandsTable(
  shown: readonly ColouredAudit[],
  what: string,
  bandsOf: (audit: Audit) => { name: string; rooms: number }[],
): Html {
  const bands = shown.map(({ audit }) => bandsOf(audit))
  const rows = bands[0]!.map(({ name }, place) => {
    return html`<tr><td>${name}</td>${shown.map((each, index) => roomsCells(each, bands[index]![place]!.rooms, false))}</tr>`
  })
  const head = shown.map(({ name }) => html`<th class="number">${name}</th><th class="number">Share</th>`)
  return html`<table><thead><tr><th>${what}</th>${head}</tr></thead><tbody>${rows}</tbody></table>`
}

function roomsCells({ audit, style }: ColouredAudit, rooms: number, withMeter: boolean): Html {
  const share = audit.rooms === 0 ? 0 : rooms / audit.rooms
  const meter = html`<td><span class="meter ${style}"><i style="width:${Math.round(share * 1000) / 10}%"></i></span></td>`
  return html`<td class="number">${integer(rooms)}</td><td class="number">${percent(share)}</td>${withMeter ? meter : ''}`
}
