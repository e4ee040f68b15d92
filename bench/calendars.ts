/**
 * `npx tsx bench/calendars.ts [events]`: old links in one file of so many invitations (a million, if nothing is said): how
 * long it takes `roomkey calendars`, and the most memory that the process had.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const events = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'roomkey-calendars-'))
const program = new URL('../dist/main.js', import.meta.url).pathname

try {
  const rooms = Array.from({ length: 5000 }, (_, n) => n)
  const site = 'https://example.webex.com/meet/'
  const rows = rooms.map(n => `${site}person${n},${site}pr${n}x`)
  writeFileSync(join(folder, 'links.csv'), `oldLink,newLink\n${rows.join('\n')}\n`)
  const file = join(folder, 'all.ics')
  await writeEvents(file)
  const began = performance.now()
  const words = ['calendars', file, '--links', join(folder, 'links.csv'), '--json']
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  let found = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    found += text.split('\n').length - 1
  })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid!))
  }, 50)
  await once(child, 'close')
  clearInterval(watch)
  const seconds = (performance.now() - began) / 1000
  const size = (statSync(file).size / 2 ** 20).toFixed(0)
  process.stdout.write(
    `${events} events (${size} MiB), ${found} with an old link: ${seconds.toFixed(1)} s, ${(peak / 1024).toFixed(0)} MiB at most\n`,
  )
} finally {
  rmSync(folder, { recursive: true })
}

/** Every second one has an old link; the others are of rooms that were not changed. */
async function writeEvents(file: string): Promise<void> {
  const to = createWriteStream(file)
  to.write('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n')
  for (let n = 0; n < events; n += 1) {
    const room = n % 2 === 0 ? `person${(n / 2) % 5000}` : `somebody.else${n}`
    const lines = [
      'BEGIN:VEVENT',
      `UID:${n}@bench`,
      'DTSTAMP:20260101T080000Z',
      'DTSTART:29990301T090000Z',
      'DTEND:29990301T100000Z',
      `ORGANIZER:mailto:${room}@example.com`,
      `SUMMARY:Meeting ${n}`,
      `DESCRIPTION:Some words that come before the link\\, folded as they are: \r\n https://example.webex.com/meet/${room}\\n`,
      'END:VEVENT',
    ]
    if (!to.write(`${lines.join('\r\n')}\r\n`)) await once(to, 'drain')
  }
  to.end('END:VCALENDAR\r\n')
  await once(to, 'close')
}

/** Kilobytes that a process has in memory; 0 where that cannot be told. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
