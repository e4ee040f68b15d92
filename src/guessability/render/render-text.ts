/** Renders the audit for a terminal. */

import Table from 'cli-table3'
import { approximately, integer, percent, plural } from '../../messages/numbers.ts'
import { dayMs } from '../../time.ts'
import type { Audit } from '../../wire/audit.ts'
import type { Comparison } from '../site-report/compare-audits.ts'
import { age, ageBandName, bandName, classNames, day, headlines, title, verdict } from './wording.ts'

const worstShown = 10
const barWidth = 30

export function renderAuditText(audit: Audit): string {
  const { rooms, classes, strength, ages, worst } = audit
  const bands = ages.bands.map((band, place) => ({ name: ageBandName(ages.bands, place), rooms: band.rooms }))
  return [
    `How guessable are ${withoutControls(title(audit))}? ${day(audit.auditedAt)}, ${plural(rooms, 'room')}`,
    verdict(audit),
    table(headlines(audit).map(({ label, value }) => [label, value])),
    'What the IDs are made from',
    bars(
      classes.map(entry => ({ name: classNames[entry.class], rooms: entry.rooms })),
      rooms,
    ),
    'Bits of strength',
    bars(
      strength.map(band => ({ name: bandName(band), rooms: band.rooms })),
      rooms,
    ),
    ...(ages.unknown === rooms ? [] : ['Age of the IDs', bars(bands, rooms)]),
    'The most guessable rooms',
    worstTable(audit),
    ...(worst.length > worstShown ? [`and ${worst.length - worstShown} more in the JSON and on the page.`] : []),
  ].join('\n\n')
}

export function renderComparisonText({ rows, before, after }: Comparison): string {
  return [
    `How guessable are ${withoutControls(title(after))}? Before and after`,
    table(
      rows.map(({ label, before, after }) => [label, before, after]),
      ['', 'Before', 'After'],
    ),
    `Before: ${verdict(before)}`,
    `After: ${verdict(after)}`,
  ].join('\n\n')
}

function worstTable({ worst, auditedAt }: Audit): string {
  const now = Date.parse(auditedAt)
  const rows = worst
    .slice(0, worstShown)
    .map(room => [
      room.email,
      room.roomId,
      approximately(room.guesses),
      room.since === undefined ? '' : age((now - room.since) / dayMs),
      classNames[room.class],
    ])
  return table(rows, ['Person', 'ID', 'Guesses', 'Age', 'Made from'])
}

function bars(entries: { name: string; rooms: number }[], all: number): string {
  const rows = entries.map(({ name, rooms }) => {
    const share = all === 0 ? 0 : rooms / all
    return [name, integer(rooms), percent(share), '█'.repeat(Math.round(share * barWidth))]
  })
  return table(rows)
}

function table(rows: string[][], head: string[] = []): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const noneElse = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' }
  const chars = { ...none, ...noneElse, right: '', 'right-mid': '', middle: '  ' }
  const plain = { chars, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } }
  const lines = new Table({ ...plain, head })
  lines.push(...rows.map(row => row.map(withoutControls)))
  return lines.toString().replace(/^/gm, '  ').replace(/ +$/gm, '')
}

/** Names come from outside: none may move the cursor, change the colour or reverse the text. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '�')
}
