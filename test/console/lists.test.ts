/** Lists in a real browser: dropped, pasted, all that match a filter, and no more of them than is shown. */
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { openPage, send } from '../../devtools/console-world.ts'

const people = 700
const pageSize = 100

describe('lists', () => {
  let folder: string
  let child: ChildService
  let browser: Browser
  let service: { url: string; token: string }
  let page: Page

  beforeAll(async () => {
    folder = await temporaryFolder()
    ;[child, browser] = await Promise.all([serve(folder, ['--demo', String(people)]), openBrowser()])
    service = { url: child.url, token: await tokenOf(folder) }
    page = await openPage(browser, service, { locale: 'en-US', viewport: { width: 1280, height: 900 } })
  })
  afterAll(async () => {
    await browser?.close()
    await stop(child)
    await removeFolder(folder)
  })

  const planned = async () => {
    await page.getByRole('button', { name: 'Create plan' }).click()
    await page.getByRole('button', { name: 'Start' }).waitFor()
    const number = /\d+$/.exec(page.url())![0]
    return send(service, 'GET', `/api/sites/example.webex.com/rotations/${number}`)
  }

  /** Gives whether the browser would have opened the file. */
  const drop = (name: string, text: string, at = 'h1') =>
    page.evaluate<boolean>(`(() => {
      const data = new DataTransfer()
      data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/csv' }))
      const at = document.querySelector(${JSON.stringify(at)})
      return ['dragenter', 'dragover', 'drop'].map(type =>
        at.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))).at(-1)
    })()`)

  it('makes a plan of a CSV that is dropped on the page', async () => {
    await page.goto('/rotations')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const csv = 'email,personalMeetingRoomId\njohn.andersen@example.com,harbour-7\nbrenda.song@example.com,harbour-8\n'
    await drop('harbour.csv', csv)
    await page.getByRole('heading', { level: 1, name: 'Plan a rotation' }).waitFor()
    await page.getByText('harbour.csv').waitFor()
    expect(await page.getByLabel('As given in the CSV').isChecked()).toBe(true)
    const { choice, source, counts } = await planned()
    expect([choice, source, counts.pending]).toEqual(['the 2 people in harbour.csv', 'csv', 2])
    await page.getByRole('row').filter({ hasText: 'harbour-7' }).waitFor()

    // On the form itself as well, and the IDs are drawn where the file has none.
    await page.goto('/rotations/new')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await drop('people.csv', 'email\njohn.andersen@example.com\n')
    await page.getByText('people.csv').waitFor()
    expect(await page.getByLabel('As given in the CSV').count()).toBe(0)
    expect((await planned()).counts.pending).toBe(1)
  })

  it('selects those in a pasted list, however it is written', async () => {
    await page.goto('/rooms')
    await page.getByText('700 people').waitFor()
    await page.getByRole('button', { name: 'Paste a list' }).click()
    await page.getByRole('button', { name: 'Select', exact: true }).click()
    await page.getByText('This text contains no e-mail address').waitFor()
    const list = 'John Andersen <John.Andersen@example.com>; brenda.song@example.com,\n"marcus.hoffmann@example.com"'
    await page.getByLabel('E-mail addresses').fill(list)
    await page.getByRole('button', { name: 'Select', exact: true }).click()
    await page.getByText('3 selected').waitFor()
    expect(await page.getByLabel('Select John Andersen').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Plan a rotation' }).click()
    await page.getByText('3 selected').waitFor()
    expect((await planned()).counts.pending).toBe(3)
  })

  it('selects all rooms that match the filters, and nobody else', async () => {
    await page.goto('/rooms')
    await page.getByLabel('Strength').selectOption('Guessable')
    await page.getByLabel('Pinned').selectOption('No')
    await page.getByLabel('Suspended').selectOption('No')
    const path = '/api/sites/example.webex.com/rooms?strength=weak&pinned=false&suspended=false&max=1000'
    const expected = await send(service, 'GET', path)
    expect(expected.items.length).toBeGreaterThan(400)
    await page.getByRole('link', { name: expected.items[0].displayName }).first().waitFor()
    await page.getByLabel('Select all rooms that match').check()
    await page.getByText(`${expected.items.length} selected`).waitFor()
    const all = page.getByLabel('Select all rooms that match')
    await page.getByLabel('Pinned').selectOption('Any')
    await expect.poll(() => all.isChecked()).toBe(false)
    await page.getByLabel('Pinned').selectOption('No')
    await expect.poll(() => all.isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Plan a rotation' }).click()
    expect((await planned()).counts.pending).toBe(expected.items.length)
  })

  it('says so when selecting all breaks off, and selects nobody', async () => {
    await page.goto('/rooms')
    await page.getByText('700 people').waitFor()
    await page.route('**/rooms?*max=1000*', route => route.abort())
    await page.getByLabel('Select all rooms that match').click()
    await page.getByText('Check that Roomkey is running').waitFor()
    expect(await page.getByLabel('Select all rooms that match').isChecked()).toBe(false)
    expect(await page.getByText(/^\d+ selected$/).count()).toBe(0)
    await page.unrouteAll()
    await page.getByLabel('Select all rooms that match').check()
    await page.getByText(/^6\d\d selected$/).waitFor()
    expect(await page.getByText('Check that Roomkey is running').count()).toBe(0)
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  it('reads no more of a list than it shows', async () => {
    const read: { url: string; rooms: number }[] = []
    page.on('response', async response => {
      if (!/\/rooms\?/.test(response.url())) return
      const answer = (await response.json().catch(() => null)) as { items: unknown[] } | null
      if (answer !== null) read.push({ url: response.url(), rooms: answer.items.length })
    })
    await page.goto('/rooms')
    await page.getByRole('link', { name: 'John Andersen' }).waitFor()
    await page.getByPlaceholder('Name, e-mail or ID').fill('a')
    await page.getByText(/^More than \d+ people$/).waitFor()
    await page.waitForLoadState('networkidle')
    for (const { rooms } of read) expect(rooms).toBeLessThanOrEqual(pageSize)
    // One page of everybody, one of those found.
    expect(read.map(({ rooms }) => rooms).reduce((sum, rooms) => sum + rooms, 0)).toBeLessThanOrEqual(2 * pageSize)
    page.removeAllListeners('response')
  })

  // The last one here: with a second site, a path has to say which is meant.
  it('fills an empty site from a file that is dropped anywhere, once its people were seen and wanted', async () => {
    await send(service, 'POST', '/api/sites', { siteUrl: 'new.webex.com' })
    const there = async () => (await send(service, 'GET', '/api/sites/new.webex.com/rooms')).items.length
    const sheet = page.getByRole('dialog')
    await page.goto('/sites/new.webex.com/settings')
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(await drop('people.csv', 'email\n', 'body')).toBe(false)
    expect(await sheet.count()).toBe(0)

    await page.goto('/sites/new.webex.com/rooms')
    await page.getByText('No people yet').waitFor()
    const rows = ['Mail,Surname,Enabled,Colour', 'ada@example.com,Lovelace,True,red', 'ben@example.com,Bell,False,blue']
    expect(await drop('people.csv', [...rows, 'nobody,Cole,True,red', ''].join('\n'), 'body')).toBe(false)
    await sheet.getByText('2 people can be added.').waitFor()
    await sheet.getByText('Not used: Colour').waitFor()
    await sheet.getByText('1 disabled').waitFor()
    await sheet.getByRole('row', { name: /^Surname Last name$/ }).waitFor()
    await sheet.getByRole('row', { name: / 4$/ }).waitFor()
    const csv = await sheet.getByRole('link', { name: 'Download these rows as CSV' }).getAttribute('href')
    expect(decodeURIComponent(csv!)).toMatch(/line,fault\r\n4,"/)
    expect(await there()).toBe(0)
    await sheet.getByRole('button', { name: 'Add the other 2' }).click()
    await page.getByText('2 people were added to the site.').waitFor()
    await page.getByRole('link', { name: 'ada@example.com' }).or(page.getByText('ada@example.com')).first().waitFor()
    expect(await there()).toBe(2)

    // Where there are people, a file may mean either.
    await drop('people.csv', `${rows.join('\n')}\n`, 'body')
    await sheet.getByRole('button', { name: 'Add its people to the site' }).click()
    await sheet.getByText('Nobody can be added.').waitFor()
    expect(await sheet.getByRole('button', { name: /^Add / }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await drop('people.csv', `${rows.join('\n')}\n`, 'body')
    await sheet.getByRole('button', { name: 'Plan a rotation for its people' }).click()
    await page.getByRole('heading', { level: 1, name: 'Plan a rotation' }).waitFor()
    await page.getByText('people.csv').waitFor()
  })
})
