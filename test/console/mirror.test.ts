/** From nothing to one's own site in view, in a real browser: another Roomkey plays Webex, with a limit and stale reads. */
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { openPage } from '../../devtools/console-world.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { Roomkey } from '../../src/testkit/types.ts'

const siteUrl = 'acme.webex.com'
const hosts = 60
const people = Array.from({ length: hosts }, (_, index) => ({
  email: `host.${index}@acme.com`,
  ...(index % 3 === 0 ? {} : { personalMeetingRoomId: `host.${index}` }),
}))

describe('a site of Webex', () => {
  let webex: Roomkey
  let folder: string
  let child: ChildService
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    webex = await startRoomkey({ seed: { sites: [{ siteUrl, people }] }, rateLimit: 600 })
    folder = await temporaryFolder()
    ;[child, browser] = await Promise.all([
      serve(folder, ['--sync-share', '100'], { WEBEX_URL: `${webex.url}/v1` }),
      openBrowser(),
    ])
    page = await openPage(browser, { url: child.url, token: await tokenOf(folder) }, { locale: 'en-US' })
  })
  afterAll(async () => {
    await browser?.close()
    await stop(child)
    await webex.close()
    await removeFolder(folder)
  })

  it('is connected to and chosen without a command line, and appears while it is read', {
    timeout: 90_000,
  }, async () => {
    await page.goto('/')
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
    await page.getByRole('button', { name: 'Sign in to Webex' }).click()
    await page.getByLabel('Client ID of the integration').fill('roomkey-test')
    await page.getByLabel('Client secret').fill('secret-of-it')
    await page.getByRole('button', { name: 'Continue to Webex' }).click()
    await page.getByRole('heading', { name: 'Sign in to the stand-in' }).waitFor()
    await page.getByLabel('E-mail address').fill('host.1@acme.com')
    await page.getByRole('button', { name: 'Accept' }).click()

    await page.getByText('You are connected to Webex.').waitFor()
    await page.getByRole('button', { name: `Read this site: ${siteUrl}` }).click()
    const status = page.getByRole('region', { name: 'Reading of this site' })
    await status.getByText(`Mirror of ${new URL(webex.url).host}`).waitFor()
    await status.getByText(/read .* ago$/).waitFor()
    await page.getByText(/guess/).first().waitFor()

    await page.getByRole('link', { name: 'Rooms', exact: true }).click()
    await page.getByText('host.7@acme.com').waitFor()
    await page.getByTitle('host.7', { exact: true }).waitFor()
  })

  it('shows a change that a host made', { timeout: 60_000 }, async () => {
    expect(await webex.people.roomId('host.7@acme.com', siteUrl)).toBe('host.7')
    await page.getByRole('button', { name: 'Stop reading' }).click()
    await page.getByText('reading stopped').waitFor()
    await page.getByRole('button', { name: 'Read on' }).click()
    await page.getByText('being read').waitFor()
  })
})
