/** A site of a million rooms in a real browser, by the real service: no blank row, and no more sent than is shown. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { openPage } from '../../devtools/console-world.ts'
import { benchToken, emailOf, fillSqlite } from '../../devtools/fill-site.ts'

const million = 1_000_000
const pageSize = 100
/** What a page of a hundred rooms may weigh. */
const maxBytes = 100_000

describe('a list of a million rooms', () => {
  let folder: string
  let service: ChildService
  let browser: Browser
  let page: Page
  /** The pages of the list that the service was asked for, and what it sent. */
  const pages = new Set<number>()
  let bytes = 0
  let pending = 0

  beforeAll(async () => {
    folder = await temporaryFolder()
    await fillSqlite(join(folder, 'roomkey.sqlite'), million)
    ;[service, browser] = await Promise.all([serve(folder), openBrowser()])
    const world = { url: service.url, token: benchToken }
    page = await openPage(browser, world, { locale: 'en-US', viewport: { width: 1280, height: 900 } })
    page.on('request', request => {
      if (!isPage(request.url())) return
      pages.add(Number(new URL(request.url()).searchParams.get('place')) / pageSize)
      pending += 1
    })
    page.on('requestfailed', request => {
      if (isPage(request.url())) pending -= 1
    })
    page.on('response', async response => {
      if (!isPage(response.url())) return
      bytes += (await response.body()).length
      pending -= 1
    })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    if (service !== undefined) await stop(service)
    await rm(folder, { recursive: true, force: true })
  })

  const box = () => page.getByRole('region', { name: 'Rooms' })

  it('scrolls without a blank row, reading the pages in view alone', async () => {
    await page.goto('/rooms')
    await page.getByText('1,000,000 people').waitFor()
    await page.getByText(emailOf(5)).waitFor()
    await box().hover()
    await page.evaluate(watchRows)
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
  }, 60_000)

  it('goes to its end and to any part of it', async () => {
    const before = pages.size
    await box().focus()
    await page.keyboard.press('End')
    await page.getByText(emailOf(million - 1)).waitFor()
    await page.evaluate(`document.querySelector('.scroll-box').scrollTop = 4_000_000`)
    await page
      .locator('tr[aria-rowindex] .e-mail', { hasText: /^p0050\d{4}@/ })
      .first()
      .waitFor()
    expect(pages.size - before).toBeLessThanOrEqual(8)
  }, 60_000)

  it('is sent no more than the pages that were shown', async () => {
    await expect.poll(() => pending).toBe(0)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(pages.size * maxBytes)
  })
})

function isPage(url: string): boolean {
  return url.includes('/rooms?')
}

/** Runs in the page: in each frame, what is in view must be rows with something in them. */
const watchRows = `(() => {
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
})()`
