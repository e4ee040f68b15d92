import { PassThrough } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { message } from '#roomkey/messages/message.js'
import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { hostEmailTemplates } from '#roomkey/rotations/afterwards/host-email-templates.js'
import {
  emailTemplateFault,
  type HostEmail,
  HostEmailNotSent,
  sendHostEmails,
} from '#roomkey/rotations/afterwards/host-emails.js'
import { writeReportCsv, writeReportJsonLines } from '#roomkey/rotations/afterwards/report.js'
import { writeReportHtml } from '#roomkey/rotations/afterwards/report-html.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import { openStore } from '#roomkey/store/open-store.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { emptyDatabase } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people, plan, run, wire } from './rotation-fixture.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

async function rotated(count: number, staleMs = 0) {
  const rooms = people(count)
  const before = new Map(rooms)
  const wired = wire(bench, rooms, { staleMs })
  const { key } = await plan(bench, wired)
  await bench.clock.run(bench.clock.sleep(31 * 60_000))
  await run(bench, wired, key)
  const deps = { store: bench.store, client: wired.client, randomText: secureRandomText, now: () => bench.clock.now() }
  return { ...wired, key, before, rooms, deps }
}

describe('verifying', () => {
  it('tells changed, not yet visible and wrong apart', async () => {
    const { key, deps, rooms } = await rotated(30, 29 * 60_000)
    const soon = await bench.clock.run(verifyRooms(key, deps))
    expect(soon).toMatchObject({ changed: 0, notYetVisible: 30, wrongs: 0 })
    await bench.clock.run(bench.clock.sleep(30 * 60_000))
    expect(await bench.clock.run(verifyRooms(key, deps))).toMatchObject({ changed: 30, notYetVisible: 0 })
    expect(rooms.size).toBe(30)
  })
})

describe('undoing', () => {
  it('gives every room its old ID back, but not the ones that were changed since', async () => {
    const { key, deps, rooms, before, target, ...wired } = await rotated(250)
    const [someone] = rooms.keys()
    await bench.clock.run(wired.client.refresh('example.webex.com', [{ email: someone!, roomId: 'mine' }], 'k'))
    const undo = await bench.clock.run(planUndo(key, deps))
    expect(undo.moves).toBe(249)
    expect(undo.left).toEqual([{ reason: message('undoChangedSince'), count: 1 }])
    await run(bench, { target, ...wired }, undo.key)
    expect(rooms).toEqual(new Map([...before, [someone!, 'mine']]))
  })
})

describe('the journal', () => {
  it('reveals a flipped byte wherever it is', async () => {
    const database = await emptyDatabase('sqlite')
    const path = database.url.slice('sqlite:'.length)
    const store = await openStore(database.url)
    const here = { ...bench, store }
    const wired = wire(here, people(120), { bad: new Set(['person7@example.com']) })
    const { key } = await plan(here, wired)
    await run(here, wired, key)
    expect(await checkRotation(store.db, key)).toEqual([])

    const raw = openDatabase(path)
    const columns = {
      rotation_event: ['body', 'hash', 'kind', 'at'],
      rotation_item: ['email', 'name', 'old_id', 'new_id', 'person_id', 'settled_id', 'state', 'tracking_id'],
      rotation: ['source', 'choice', 'target', 'plan_hash', 'head'],
    }
    for (const [table, names] of Object.entries(columns)) {
      const { rows } = raw.prepare(`select count(*) as rows from ${table}`).get() as { rows: number }
      for (const name of names) {
        for (const offset of new Set([0, Math.floor(rows / 2), rows - 1])) {
          const where = table === 'rotation' ? 'rotation = 1' : `rotation = 1 and number = ${offset + 1}`
          const row = raw.prepare(`select ${name} as value from ${table} where ${where}`).get() as {
            value: string | number | null
          }
          if (row.value === null) continue
          const flipped = typeof row.value === 'number' ? row.value ^ 1 : flip(row.value)
          raw.prepare(`update ${table} set ${name} = ? where ${where}`).run(flipped)
          expect([table, name, offset, (await checkRotation(store.db, key)).length > 0]).toEqual([
            table,
            name,
            offset,
            true,
          ])
          raw.prepare(`update ${table} set ${name} = ? where ${where}`).run(row.value)
        }
      }
    }
    expect(await checkRotation(store.db, key)).toEqual([])
    raw.exec('delete from rotation_event where number = (select max(number) from rotation_event)')
    expect((await checkRotation(store.db, key)).length).toBeGreaterThan(0)
    raw.close()
    await store.close()
    await database.remove()
  })

  it('refuses to run a plan that was edited after it was hashed', async () => {
    const database = await emptyDatabase('sqlite')
    const store = await openStore(database.url)
    const here = { ...bench, store }
    const wired = wire(here, people(20))
    const { key } = await plan(here, wired)
    const raw = openDatabase(database.url.slice('sqlite:'.length))
    raw.exec(`update rotation_item set new_id = 'mallory', new_key = 'mallory' where number = 3`)
    raw.close()
    expect(await run(here, wired, key)).toEqual({ refused: 'planChanged', rotation: key.rotation })
    expect(wired.target.changes.size).toBe(0)
    await store.close()
    await database.remove()
  })
})

function flip(value: string): string {
  return String.fromCharCode(value.charCodeAt(0) ^ 1) + value.slice(1)
}

describe('the report', () => {
  it('has a line per person as CSV, JSON lines and one page', async () => {
    const { key, target } = await rotated(12)
    const write = async (writer: typeof writeReportCsv) => {
      const to = new PassThrough()
      const [written] = await Promise.all([text(to), writer(bench.store.db, key, to)])
      return written
    }
    const bytes = new PassThrough()
    const [start] = await Promise.all([buffer(bytes), writeReportCsv(bench.store.db, key, bytes)])
    expect([...start.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const csv = await write(writeReportCsv)
    expect(csv.trim().split('\n')).toHaveLength(13)
    const lines = (await write(writeReportJsonLines))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    for (const line of lines) {
      expect(line).toMatchObject({ outcome: 'changed', trackingId: 'T200' })
      expect(line.newLink).toBe(`https://example.webex.com/meet/${target.rooms.get(line.email)}`)
    }
    const page = await write(writeReportHtml)
    expect(page).toContain('</html>')
    expect(page).not.toMatch(/<script|https?:\/\/(?!target\.example)[^ <]*\.(js|css|png)|@import|url\(/)
    for (const { email } of lines) expect(page).toContain(email)
  })

  it('lets no value inject markup or formulas', async () => {
    const rooms = new Map([
      ['=cmd|x@example.com', 'a1'],
      ['<img src=x>@example.com', 'a2'],
    ])
    const wired = wire(bench, rooms)
    const { key } = await plan(bench, wired)
    await run(bench, wired, key)
    const to = new PassThrough()
    const [page] = await Promise.all([text(to), writeReportHtml(bench.store.db, key, to)])
    expect(page).not.toContain('<img')
    const csvTo = new PassThrough()
    const [csv] = await Promise.all([text(csvTo), writeReportCsv(bench.store.db, key, csvTo)])
    expect(csv).not.toMatch(/^\uFEFF?=|\n=/)
  })
})

describe('host emails', () => {
  it('go to each host once, even when sending is repeated or fails in between', async () => {
    const { key, deps } = await rotated(6)
    await bench.clock.run(verifyRooms(key, deps))
    const [first, second, third] = await itemsOf(bench.store, key)
    const arrived: HostEmail[] = []
    let again = false
    const send = async (letter: HostEmail) => {
      if (!again && letter.to === first!.email) throw new HostEmailNotSent('no connection')
      if (!again && letter.to === second!.email) throw new Error('cut while it was handed over')
      arrived.push(letter)
    }
    expect(await sendHostEmails(bench.store, key, [hostEmailTemplates.de], send)).toMatchObject({ sent: 4, before: 0 })
    again = true
    expect(await sendHostEmails(bench.store, key, [hostEmailTemplates.de], send)).toMatchObject({ sent: 1, before: 5 })
    expect(arrived.map(letter => letter.to).filter(to => to === first!.email)).toHaveLength(1)
    expect(arrived.some(letter => letter.to === second!.email)).toBe(false)
    const letter = arrived.find(one => one.to === third!.email)!
    expect(letter.text).toContain(`https://example.webex.com/meet/${third!.settled_id}`)
    expect(letter.text).toContain(`https://example.webex.com/meet/${third!.old_id}`)
    expect(letter.text).toContain(`${third!.settled_id}@example.webex.com`)
  })

  it('have complete templates in every language', () => {
    for (const template of Object.values(hostEmailTemplates)) {
      expect(emailTemplateFault(template)).toBeUndefined()
      for (const field of ['{oldLink}', '{newLink}', '{sipAddress}', '{name}']) expect(template).toContain(field)
    }
    expect(emailTemplateFault('Subject\nDear {firstname}')).toMatch(/no field \{firstname\}/)
  })
})
