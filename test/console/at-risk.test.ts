/** What the console says where a wrong belief would lead to a wrong act: on two sites, in a real browser. */
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { openContext, openPage, send } from '../../devtools/console-world.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { Roomkey } from '../../src/testkit/types.ts'

const acme = 'acme.webex.com'
const beta = 'beta.webex.com'
const api = (siteUrl: string) => `/api/sites/${siteUrl}`
const random = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 0, freeze: false }
const everyone = { people: { who: 'everyone' }, ...random }

const hostsOf = (siteUrl: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: `host.${index}@${siteUrl}`,
    personalMeetingRoomId: `host.${index}`,
  }))

describe('at the moment of risk', () => {
  let started: Roomkey
  let roomkey: { url: string; token: string }
  let browser: Browser

  beforeAll(async () => {
    const sites = [acme, beta].map(siteUrl => ({ siteUrl, people: hostsOf(siteUrl, 12) }))
    ;[started, browser] = await Promise.all([startRoomkey({ seed: { sites } }), openBrowser()])
    roomkey = { url: started.url, token: await started.token({ name: 'Ada' }) }
  })
  afterAll(async () => {
    await browser?.close()
    await started?.close()
  })

  const open = (locale = 'en-US') => openPage(browser, roomkey, { locale })
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

  describe('a link', () => {
    it('leads somebody whose last site is another to the rotation that it was copied from', async () => {
      for (const site of [acme, beta]) await send(roomkey, 'POST', `${api(site)}/rotations`, everyone)
      await send(roomkey, 'PATCH', api(beta), { needsApproval: true })
      const planner = await openContext(browser, roomkey, {
        locale: 'en-US',
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const theirs = await planner.newPage()
      await theirs.goto(`/sites/${beta}/rotations/1`)
      await button(theirs, 'Copy link').click()
      const link = await theirs.evaluate<string>('navigator.clipboard.readText()')
      await planner.close()

      const { token } = await send(roomkey, 'POST', '/api/tokens', {
        name: 'Brenda',
        role: 'fullAdmin',
        scopes: (await send(roomkey, 'GET', '/api/session')).scopes,
      })
      const page = await openPage(browser, { ...roomkey, token }, { locale: 'en-US' })
      await page.goto(`/sites/${acme}`)
      await heading(page, 'Overview').waitFor()
      await page.goto(link)
      await button(page, 'Approve').click()
      await page.getByText(/^Approved by Brenda/).waitFor()
      expect(new URL(page.url()).pathname).toBe(`/sites/${beta}/rotations/1`)
      expect(await page.getByLabel('Site', { exact: true }).inputValue()).toBe(beta)
      expect((await send(roomkey, 'GET', `${api(beta)}/rotations/1`)).approval).toBe('given')
      expect((await send(roomkey, 'GET', `${api(acme)}/rotations/1`)).approval).not.toBe('given')
      await page.context().close()
    })

    it('is not followed to the other site: choosing a site on the page of a rotation leads to its list', async () => {
      const page = await open()
      await page.goto(`/sites/${beta}/rotations/1`)
      await heading(page, 'Rotation 1').waitFor()
      await page.getByLabel('Site', { exact: true }).selectOption(acme)
      await heading(page, 'Rotations').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/sites/${acme}/rotations`)

      await page.goBack()
      await heading(page, 'Rotation 1').waitFor()
      expect(await page.getByLabel('Site', { exact: true }).inputValue()).toBe(beta)
      await page.context().close()
    })

    it('that says no site is asked about, and one of an unknown site says so', async () => {
      const page = await open()
      await page.goto('/rotations/1')
      await heading(page, 'Which site?').waitFor()
      await page.getByRole('link', { name: beta }).click()
      await heading(page, 'Rotation 1').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/sites/${beta}/rotations/1`)
      await page.goto('/sites/gone.webex.com/rooms')
      await page.getByText('There is no site gone.webex.com here').waitFor()
      await page.goto('/')
      await heading(page, 'Overview').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/sites/${beta}`)
      await page.context().close()
    })
  })
})
