/** The console as administrators use it: a real browser, the built service, a demo site. */
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const maxJavaScript = 250_000
const maxFont = 60_000

describe('the console', () => {
  let folder: string
  let service: ChildService
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    folder = await temporaryFolder()
    ;[service, browser] = await Promise.all([serve(folder, ['--demo', '1100']), openBrowser()])
    context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text())
    })
  })
  afterAll(async () => {
    await browser?.close()
    await stop(service)
    await removeFolder(folder)
  })

  /** A thousand rooms are changed only after their number was typed. */
  async function start(): Promise<void> {
    await page.getByRole('button', { name: 'Start' }).click()
    const sheet = page.getByRole('dialog')
    const label = await sheet.getByText(/^Type [\d,]+ to confirm$/).innerText()
    await sheet.getByRole('textbox').fill(/[\d,]+/.exec(label)![0])
    await sheet.getByRole('button', { name: /^(Change|Restore) / }).click()
  }

  const heading = (name: string) => page.getByRole('heading', { level: 1, name })

  it('signs in once by the link in the banner, with no token in the address', async () => {
    const link = /console\s+(http:\S+)/.exec(service.output)![1]!
    let bytes = 0
    const fonts: number[] = []
    page.on('response', response => {
      if (response.url().endsWith('.woff2')) fonts.push(Number(response.headers()['content-length']))
      if (!response.url().endsWith('.js')) return
      expect(response.headers()['content-encoding']).toBe('br')
      bytes += Number(response.headers()['content-length'])
    })
    await page.goto(link)
    await heading('Overview').waitFor()
    await page.getByText(/can be guessed from a staff list/).waitFor()
    expect(page.url()).toBe(`${service.url}/sites/example.webex.com`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(maxJavaScript)
    expect(fonts).toHaveLength(1)
    expect(fonts[0]).toBeLessThan(maxFont)
    page.removeAllListeners('response')

    const other = await browser.newContext({ locale: 'de-DE' })
    const stranger = await other.newPage()
    await stranger.goto(link)
    await stranger.getByRole('heading', { name: 'Bei Roomkey anmelden' }).waitFor()
    await stranger.getByLabel('Zugangstoken').fill('rk_wrong')
    await stranger.keyboard.press('Enter')
    await stranger.getByText('Das ist kein gültiges Zugangstoken').first().waitFor()
    await stranger.getByLabel('Zugangstoken').fill(await tokenOf(folder))
    await stranger.keyboard.press('Enter')
    await stranger.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor()
    await other.close()
  })

  it('closes the menu of the account with Escape, which gives the focus back, and outside it', async () => {
    const menu = page.locator('details.account')
    await menu.locator('summary').click()
    await page.getByLabel('Language').focus()
    await page.keyboard.press('Escape')
    expect(await page.getByLabel('Language').isVisible()).toBe(false)
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
    await page.keyboard.press('Enter')
    await page.getByLabel('Language').waitFor()
    await heading('Overview').click()
    await page.getByLabel('Language').waitFor({ state: 'hidden' })
  })

  it('finds a room, copies its link, gives it a new ID, and finds the old one in the history', async () => {
    await page.getByRole('link', { name: 'Rooms', exact: true }).click()
    await page.getByPlaceholder('Name, e-mail or ID').fill('john and')
    await page.getByRole('link', { name: 'John Andersen' }).click()
    await heading('John Andersen').waitFor()
    await page.getByRole('button', { name: 'Copy link' }).click()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/\/meet\/john\.andersen$/)

    await page.getByRole('button', { name: 'New ID' }).click()
    await page.getByRole('button', { name: 'Assign new ID' }).click()
    await page.locator('.big-id', { hasText: /^pr[0-9a-z]{12}$/ }).waitFor()
    await page.getByRole('row', { name: /john\.andersen/ }).waitFor()

    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('button', { name: /^1 room\./ }).click()
    await page.getByRole('cell', { name: 'john.andersen', exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Who had an ID' }).click()
    await page.getByLabel('ID', { exact: true }).fill('https://example.webex.com/meet/john.andersen')
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('Nobody has “john.andersen” now.').waitFor()
    await page.getByRole('row', { name: /John Andersen/ }).waitFor()
  })

  it('shows any part of a long list without reading the rest', async () => {
    await page.goto(`${service.url}/rooms`)
    await page.getByText('1,100 people').waitFor()
    await page.getByRole('link', { name: 'John Andersen' }).waitFor()
    const asked: string[] = []
    page.on('request', request => {
      if (request.url().includes('/rooms?')) asked.push(request.url())
    })
    const box = page.getByRole('region', { name: 'Rooms' })
    await box.focus()
    await page.keyboard.press('End')
    await page.locator('tr[aria-rowindex="1101"] a').waitFor()
    expect(asked.length).toBeLessThanOrEqual(2)
    page.removeAllListeners('request')
    await page.getByPlaceholder('Name, e-mail or ID').fill('brenda')
    await page.getByRole('link', { name: 'Brenda Song' }).waitFor()
  })

  it('plans a rotation of a thousand people, runs it to the end, undoes it, and finds an ID that it gave', async () => {
    await page.goto(`${service.url}/rotations`)
    await page.getByRole('button', { name: 'Plan a rotation' }).click()
    await page.getByLabel('Everybody with a room').check()
    await page.getByRole('button', { name: 'Create plan' }).click()
    await heading('Rotation 1').waitFor()
    const lines = page.getByRole('table').last().getByRole('row')
    await lines.nth(1).waitFor()
    const [, oldId, newId] = await lines.nth(1).getByRole('cell').allInnerTexts()
    expect(newId).toMatch(/^[2-9a-z]{13}$/)

    await start()
    await page.locator('.page-title .badge').getByText('Finished').waitFor({ timeout: 60_000 })
    const changed = await page.locator('.metric-row dd').first().innerText()
    expect(Number(changed.replace(',', ''))).toBeGreaterThanOrEqual(1000)
    await page.getByRole('button', { name: 'Verify now' }).click()
    await page.getByText(`All ${changed} rooms have their new ID.`).waitFor()
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Report as CSV' }).click(),
    ])
    expect(report.suggestedFilename()).toBe('rotation-1-report.csv')

    await page.getByRole('button', { name: 'Undo rotation' }).click()
    await page.getByText(`${changed} rooms get their old ID back.`).waitFor()
    await page.getByRole('button', { name: 'Create plan' }).click()
    await heading('Rotation 2').waitFor()
    await page.getByText('Undo of rotation 1').waitFor()
    const cells = lines.nth(1).getByRole('cell')
    await expect.poll(() => cells.allInnerTexts()).toEqual(expect.arrayContaining([oldId, newId]))
    await start()
    await page.locator('.page-title .badge').getByText('Finished').waitFor({ timeout: 60_000 })

    await page.goto(`${service.url}/history?tab=ids&id=${newId}`)
    await page.getByText(`Nobody has “${newId}” now.`).waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('tab', { name: 'Room changes' }).click()
    await page.getByRole('link', { name: 'Rotation 2' }).first().click()
    await heading('Rotation 2').waitFor()
  }, 180_000)

  it('loads nothing that its policy forbids, and no script fails', () => {
    expect(faults).toEqual([])
  })
})
