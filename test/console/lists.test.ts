/** Lists in a real browser: dropped, pasted, all that a filter leaves, and a million rooms. */
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../support/child-service.ts'
import { openPage, send } from '../support/console-world.ts'

const people = 700
const million = 1_000_000
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
    await page.getByRole('button', { name: 'Make the plan' }).click()
    await page.getByRole('button', { name: 'Start' }).waitFor()
    const number = /\d+$/.exec(page.url())![0]
    return send(service, 'GET', `/api/sites/example.webex.com/rotations/${number}`)
  }

  it('makes a plan of a CSV that is dropped on the page', async () => {
    await page.goto('/rotations')
    await page.getByRole('heading', { level: 1 }).waitFor()
    const csv = 'email,personalMeetingRoomId\njohn.andersen@example.com,harbour-7\nbrenda.song@example.com,harbour-8\n'
    const drop = (name: string, text: string) =>
      page.evaluate(`(() => {
        const data = new DataTransfer()
        data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/csv' }))
        const at = document.querySelector('h1')
        for (const type of ['dragenter', 'dragover', 'drop'])
          at.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
      })()`)
    await drop('harbour.csv', csv)
    await page.getByRole('heading', { level: 1, name: 'Plan a rotation' }).waitFor()
    await page.getByText('harbour.csv').waitFor()
    expect(await page.getByLabel('As the CSV says').isChecked()).toBe(true)
    const { choice, source, counts } = await planned()
    expect([choice, source, counts.pending]).toEqual(['the 2 people in harbour.csv', 'csv', 2])
    await page.getByRole('row').filter({ hasText: 'harbour-7' }).waitFor()

    // On the form itself as well, and the IDs are drawn where the file has none.
    await page.goto('/rotations/new')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await drop('people.csv', 'email\njohn.andersen@example.com\n')
    await page.getByText('people.csv').waitFor()
    expect(await page.getByLabel('As the CSV says').count()).toBe(0)
    expect((await planned()).counts.pending).toBe(1)
  })

  it('selects those in a pasted list, however it is written', async () => {
    await page.goto('/rooms')
    await page.getByText('700 people').waitFor()
    await page.getByRole('button', { name: 'Paste a list' }).click()
    await page.getByRole('button', { name: 'Select them' }).click()
    await page.getByText('There is no e-mail address in this text').waitFor()
    const list = 'John Andersen <John.Andersen@example.com>; brenda.song@example.com,\n"marcus.hoffmann@example.com"'
    await page.getByLabel('E-mail addresses').fill(list)
    await page.getByRole('button', { name: 'Select them' }).click()
    await page.getByText('3 selected').waitFor()
    expect(await page.getByLabel('Select John Andersen').isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Plan a rotation' }).click()
    await page.getByText('3 selected').waitFor()
    expect((await planned()).counts.pending).toBe(3)
  })

  it('selects all that the filters leave, and nobody else', async () => {
    await page.goto('/rooms')
    await page.getByLabel('Strength').selectOption('Guessable')
    await page.getByLabel('Pinned').selectOption('No')
    await page.getByLabel('Suspended').selectOption('No')
    const path = '/api/sites/example.webex.com/rooms?strength=weak&pinned=false&suspended=false&max=1000'
    const expected = await send(service, 'GET', path)
    expect(expected.items.length).toBeGreaterThan(400)
    await page.getByRole('link', { name: expected.items[0].displayName }).first().waitFor()
    await page.getByLabel('Select all that the filters leave').check()
    await page.getByText(`${expected.items.length} selected`).waitFor()
    await page.getByRole('button', { name: 'Plan a rotation' }).click()
    expect((await planned()).counts.pending).toBe(expected.items.length)
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

  it('scrolls through a million rooms without a blank row, reading the pages in view alone', async () => {
    // The list in the browser is the real one; the service answers for a million that it does not have.
    const pages = new Set<number>()
    let bytes = 0
    let pending = 0
    await page.route('**/rooms?*', async route => {
      pending += 1
      const parameters = new URL(route.request().url()).searchParams
      const after = Number(parameters.get('place') ?? 0)
      pages.add(after / pageSize)
      const body = JSON.stringify({
        items: Array.from({ length: Math.min(pageSize, million - after) }, (_, nth) => roomAt(after + nth + 1)),
        next: null,
        places: million,
      })
      bytes += body.length
      await route.fulfill({ contentType: 'application/json', body })
      pending -= 1
    })
    await page.goto('/rooms')
    await page.getByText('1,000,000 people').waitFor()
    const box = page.getByRole('region', { name: 'Rooms' })
    await box.hover()

    // In each frame, what is in view must be rows with something in them.
    await page.evaluate(`(() => {
      window.blank = 0
      window.frames = 0
      const box = document.querySelector('.scroll-box')
      const look = () => {
        const { top, bottom } = box.getBoundingClientRect()
        const head = box.querySelector('th').getBoundingClientRect().bottom
        const rows = [...box.querySelectorAll('tbody tr:not([aria-hidden])')]
          .map(row => ({ row, at: row.getBoundingClientRect() }))
          .filter(({ at }) => at.bottom > head + 1 && at.top < bottom - 1)
        const covered = rows.reduce((sum, { at }) => sum + Math.min(at.bottom, bottom) - Math.max(at.top, head), 0)
        window.frames += 1
        if (rows.some(({ row }) => row.classList.contains('unread')) || covered < bottom - head - 4) window.blank += 1
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })()`)
    for (let step = 0; step < 100; step += 1) {
      await page.mouse.wheel(0, 200)
      await page.waitForTimeout(8)
      // However slow this machine is: nobody scrolls on faster than a page is answered.
      while (pending > 0) await page.waitForTimeout(5)
    }
    const seen = await page.evaluate<{ blank: number; frames: number }>('({ blank, frames })')
    expect(seen.frames).toBeGreaterThan(50)
    expect(seen.blank).toBe(0)
    expect(pages.size).toBeLessThanOrEqual(8)

    // And to any part of it.
    const before = pages.size
    await box.focus()
    await page.keyboard.press('End')
    await page.getByRole('link', { name: 'Person 1000000', exact: true }).waitFor()
    await page.evaluate(`document.querySelector('.scroll-box').scrollTop = 4_000_000`)
    await page
      .locator('tr[aria-rowindex] a', { hasText: /^Person 50\d{4}$/ })
      .first()
      .waitFor()
    expect(pages.size - before).toBeLessThanOrEqual(8)
    expect(bytes).toBeLessThan(pages.size * 100_000)
    await page.unrouteAll()
  }, 60_000)
})

function roomAt(place: number) {
  const id = `room-${place}`
  return {
    personId: `person-${place}`,
    email: `person${place}@example.com`,
    displayName: `Person ${place}`,
    firstName: 'Person',
    lastName: String(place),
    username: null,
    department: 'Research',
    host: true,
    suspended: false,
    pinned: false,
    personalMeetingRoomId: id,
    personalMeetingRoomLink: `https://example.webex.com/meet/${id}`,
    since: '2026-01-01T00:00:00.000Z',
    guessability: { class: 'random', strength: 'strong', bits: 62, guesses: 2 ** 61, reason: 'Random.' },
    place,
  }
}
