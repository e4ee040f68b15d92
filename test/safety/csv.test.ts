/** No CSV from Roomkey has a cell that a spreadsheet would run. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { exportPeople } from '#roomkey/directory/export-people.js'
import { openRoomCsv } from '#roomkey/guessability/csv/write-rooms-csv.js'
import { auditRooms } from '#roomkey/guessability/site-report/audit-rooms.js'
import { roomsOfSite } from '#roomkey/guessability/site-report/rooms-of-site.js'
import { findSite } from '#roomkey/store/sites/sites.js'
import { siteUrl, startService } from '../support/service.ts'

const formulas = ['=1+1', '+1', '-1+1', '@SUM(A1)', '=HYPERLINK("http://x","y")', '\t=1', '\r=1', '＝1']
const runs = /^[=+\-@\t\r＝＋－＠]/

describe('what a spreadsheet opens', () => {
  it('comes from writers that escape formulas, every one of them', () => {
    const folder = new URL('../../src/', import.meta.url).pathname
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    const calls = files.flatMap(file =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/(?<!JSON\.)\bstringify\(\s*\{[^}]*\}/g)].map(([call]) => ({
        file,
        call,
      })),
    )
    expect(calls.map(({ file }) => file).sort()).toEqual([
      'cli/rotations/run-meetings.ts',
      'cli/run-calendars.ts',
      'directory/export-people.ts',
      'guessability/csv/write-rooms-csv.ts',
      'http/rotations/files.ts',
      'rotations/afterwards/report.ts',
    ])
    for (const { call } of calls) expect(call).toContain('escape_formulas: true')
  })

  it('has no formula in a cell, whatever people are called', async () => {
    const service = await startService('sqlite')
    const siteId = await service.addSite()
    await service.addPeople(
      siteId,
      formulas.map((formula, n) => ({
        email: `${n === 0 ? '=' : ''}p${n}@example.com`,
        personId: `${formula.trim()}${n}`,
        displayName: `${formula} ${n}`,
        firstName: formula,
        lastName: formula,
        username: formula,
        department: formula,
        roomId: `-x${n}`,
      })),
    )
    const site = (await findSite(service.store.db, siteUrl))!
    const path = `/api/sites/${siteUrl}/rotations`
    const wish = {
      people: { who: 'everyone' },
      ids: { kind: 'random', prefix: '-', bits: 60 },
      canary: 0,
      freeze: false,
    }
    await service.call('POST', path, wish)
    await service.call('POST', `${path}/1/start`)
    while ((await service.call('GET', `${path}/1`)).body.state !== 'finished')
      await new Promise(done => setTimeout(done, 20))
    await service.call('POST', `${path}/1/verify`)

    const written = async (write: (to: PassThrough) => Promise<void>) => {
      const to = new PassThrough()
      const [csv] = await Promise.all([text(to), write(to)])
      return csv
    }
    const files = {
      people: await written(to => exportPeople(service.store.db, site, to)),
      audit: await written(async to => {
        const csv = openRoomCsv(to)
        const rule = { prefix: 'pr', length: 12 }
        await auditRooms(() => roomsOfSite(service.store.db, site), {
          now: Date.now(),
          rule,
          onRoom: room => csv.add(room),
        })
        await csv.end()
      }),
      report: (await service.call('GET', `${path}/1/files/report.csv`)).body,
      letters: (await service.call('GET', `${path}/1/files/letters.csv`)).body,
    }
    for (const [name, csv] of Object.entries(files)) {
      const cells: string[] = parse(csv, { bom: true, relax_column_count: true }).flat()
      expect(cells.length).toBeGreaterThan(formulas.length)
      expect([name, cells.filter(cell => runs.test(cell))]).toEqual([name, []])
    }
    await service.close()
  })
})
