/** The report as one page that needs nothing else: no script, no font, no picture from anywhere. It prints well. */
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { render } from '../../messages/render.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { fromStored, fromStoredOrNull } from '../../store/stored-message.ts'
import type { Db } from '../../store/tables.ts'
import { type ReportHead, type ReportLine, readReportHead, reportLines } from './report.ts'

/** A browser stays quick with this many rows. Those that did not change or went wrong come first. */
const maxRows = 20_000

export async function writeReportHtml(db: Db, key: RotationKey, to: Writable): Promise<void> {
  await pipeline(() => page(db, key), to)
}

async function* page(db: Db, key: RotationKey): AsyncGenerator<string> {
  const head = await readReportHead(db, key)
  yield top(head)
  let rows = 0
  for (const wanted of ['special', 'changed'] as const) {
    for await (const line of reportLines(db, key)) {
      if ((line.outcome === 'changed') !== (wanted === 'changed')) continue
      if (rows < maxRows) yield row(line)
      rows += 1
    }
  }
  const cut = rows > maxRows ? `<p>${rows - maxRows} more rooms are in the CSV.</p>` : ''
  yield `</tbody></table>${cut}</main></body></html>\n`
}

function top({ rotation, outcomes, verified }: ReportHead): string {
  const title = `Rotation ${rotation.rotation} of ${plainText(rotation.site_url)}`
  const when = (at: number | null) =>
    at === null ? '–' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const stop = fromStoredOrNull(rotation.stop_reason)
  const facts: [string, string][] = [
    ['Site', rotation.site_url],
    ['Target', rotation.target],
    ['People', render(fromStored(rotation.choice))],
    ['Planned', when(rotation.created_at)],
    ['Begun', when(rotation.started_at)],
    ['Finished', when(rotation.finished_at)],
    ['State', stop === null ? rotation.state : `${rotation.state}: ${render(stop)}`],
    ['Plan', rotation.plan_hash ?? ''],
    ['Journal', `${rotation.events} entries, ending in ${rotation.head.slice(0, 16)}`],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head><body><main>
<h1>${title}</h1>
<dl>${facts.map(([term, text]) => `<div><dt>${term}</dt><dd>${plainText(text)}</dd></div>`).join('')}</dl>
<h2>Rooms</h2>${bars(outcomes, 'Rooms by outcome')}
<h2>Read back</h2>${bars(verified, 'Changed rooms as read back')}
<h2>Everybody</h2>
<table><thead><tr><th scope="col">Person</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Outcome</th><th scope="col">When (UTC)</th><th scope="col">Call</th></tr></thead><tbody>
`
}

/** A bar per count, with the numbers beside them in a table for those who do not see bars. */
function bars(counts: Map<string, number>, caption: string): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return '<p>None.</p>'
  const rows = [...counts].map(([name, count]) => {
    const share = (100 * count) / total
    return `<tr><th scope="row">${plainText(name)}</th><td>${count.toLocaleString('en')}</td><td>${share.toFixed(1)} %</td>
<td class="bar"><svg width="100%" height="12" aria-hidden="true"><rect width="${share.toFixed(2)}%" height="12" rx="2"/></svg></td></tr>`
  })
  return `<table class="counts"><caption>${caption}</caption><tbody>${rows.join('')}</tbody></table>`
}

function row({ email, name, outcome, reason, oldLink, newLink, changedAt, trackingId, verified }: ReportLine): string {
  const notes = [outcome, reason, readBack[verified] ?? verified].filter(text => text !== '').map(plainText)
  return `<tr class="${outcome === 'changed' && verified !== 'wrong' ? '' : 'special'}"><td>${plainText(name)}<br><small>${plainText(email)}</small></td>\
<td>${plainText(shortLink(oldLink))}</td><td>${plainText(outcome === 'changed' ? shortLink(newLink) : '')}</td>\
<td>${notes.join('<br>')}</td><td>${changedAt.slice(0, 19).replace('T', ' ')}</td><td><small>${plainText(trackingId)}</small></td></tr>\n`
}

/** What a room showed when it was read back, beside its outcome. */
const readBack: Record<string, string> = {
  changed: 'read back: yes',
  notYetVisible: 'read back: not yet',
  since: 'changed again since',
  wrong: 'read back: another ID',
}

function shortLink(link: string): string {
  return link.slice(link.indexOf('/meet/') + 1)
}

function plainText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, character => entities[character]!)
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#ccd, #445); --bar: light-dark(#0b6e99, #5bc0eb); --odd: light-dark(#fff4e5, #3a2a10); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; } main { max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem 1.5rem; }
dt { font-size: .8rem; opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
caption { text-align: left; font-size: .8rem; opacity: .75; } .counts { max-width: 40rem; } .bar { width: 50%; } rect { fill: var(--bar); }
tr.special { background: var(--odd); } thead { position: sticky; top: 0; background: Canvas; }
@media print { thead { position: static; } tr { break-inside: avoid; } body { font-size: 11px; } }
`
