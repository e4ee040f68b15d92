/** The console's connection to Webex, and a rotation by it: a real browser, the built service, Webex on another site. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { integration, startWebex, type WebexServer } from '../support/webex-server.ts'

const hosts = 15

describe('the connection to Webex in the console', () => {
  let folder: string
  let webex: WebexServer
  let service: ChildService
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    folder = await temporaryFolder()
    webex = await startWebex(new Map(Array.from({ length: hosts }, (_, n) => [`host${n}@example.com`, `host${n}`])))
    // Under another name, Webex is another site to the browser, as in life: no strict cookie comes back from there.
    const elsewhere = webex.url.replace('127.0.0.1', 'localhost')
    const env = { WEBEX_URL: elsewhere, WEBEX_ACCESS_TOKEN: '', WEBEX_CLIENT_ID: '', WEBEX_CLIENT_SECRET: '' }
    ;[service, browser] = await Promise.all([serve(folder, ['--demo', '30'], env), openBrowser()])
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    await page.goto(/console\s+(http:\S+)/.exec(service.output)![1]!)
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await stop(service)
    await webex.close()
    await removeFolder(folder)
  })

  const section = () => page.getByRole('region', { name: 'Webex connection' })
  const dialog = () => page.getByRole('dialog')

  async function expectNoFaults() {
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target)}`)).toEqual([])
  }

  it('is connected by a sign-in, ended, and connected by a token', async () => {
    await page.goto(`${service.url}/rotations/new`)
    await page.getByText('Who gets a new ID').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('group', { name: 'Target' }).count()).toBe(0)

    await page.goto(`${service.url}/settings`)
    await section().getByText('Not connected').waitFor()
    await section().getByRole('button', { name: 'Sign in to Webex' }).click()
    await dialog().getByText(`${service.url}/api/webex-connection/callback`).waitFor()
    expect(await dialog().getByRole('button', { name: 'Continue to Webex' }).isDisabled()).toBe(true)
    await dialog().getByLabel('Client ID of the integration').fill(integration.clientId)
    await dialog().getByLabel('Client secret').fill(integration.clientSecret)
    await expectNoFaults()
    await dialog().getByRole('button', { name: 'Continue to Webex' }).click()
    await section().getByText('You are connected to Webex.').waitFor()
    expect(page.url()).toBe(`${service.url}/sites/example.webex.com/settings?webex=connected`)
    await section().getByText('Anna Admin (anna@example.com)').waitFor()
    await section().getByText('meeting:admin_preferences_write').waitFor()
    await expectNoFaults()

    webex.agrees = false
    await section().getByRole('button', { name: 'Sign in to Webex' }).click()
    await dialog().getByText(`Leave both empty to use ${integration.clientId}.`).waitFor()
    await dialog().getByRole('button', { name: 'Continue to Webex' }).click()
    await section().getByText('Webex denied the sign-in').waitFor()
    await section().getByText('Signed in', { exact: true }).waitFor()

    await section().getByRole('button', { name: 'Disconnect' }).click()
    await dialog().getByRole('button', { name: 'Disconnect' }).click()
    await section().getByText('Not connected').waitFor()
    expect(await section().getByText('Webex denied the sign-in').count()).toBe(0)

    await section().getByRole('button', { name: 'Paste a token' }).click()
    await dialog().getByLabel('Webex access token').fill('wrong')
    await dialog().getByRole('button', { name: 'Connect' }).click()
    await dialog().getByText('does not accept this token').waitFor()
    await dialog().getByLabel('Webex access token').fill(webex.makeToken())
    await dialog().getByRole('button', { name: 'Connect' }).click()
    await section().getByText('With a pasted token').waitFor()
  }, 60_000)

  it('is chosen for a rotation, which changes the rooms there and none here', async () => {
    const before = Object.fromEntries(webex.target.rooms)
    await page.goto(`${service.url}/rotations/new`)
    await page.getByRole('group', { name: 'Target' }).getByLabel('Webex (live)').check()
    await page.getByLabel('Everybody with a room').check()
    await expectNoFaults()
    await page.getByRole('button', { name: 'Create plan' }).click()
    await page.getByRole('heading', { level: 1, name: 'Rotation 1' }).waitFor()
    await page.getByText('Webex (live)').waitFor()
    await page.getByRole('button', { name: 'Start' }).click()
    const label = await dialog()
      .getByText(/^Type \d+ to confirm$/)
      .innerText()
    await dialog().getByRole('textbox').fill(/\d+/.exec(label)![0])
    await dialog()
      .getByRole('button', { name: /^Change \d+ links$/ })
      .click()
    await page.locator('.page-title .badge').getByText('Finished').waitFor({ timeout: 30_000 })
    for (const [email, id] of Object.entries(before)) expect(webex.target.rooms.get(email)).not.toBe(id)
    const changes = await page.request.get(`${service.url}/api/sites/example.webex.com/changes`)
    const { items } = (await changes.json()) as { items: { rotationId: string | null }[] }
    expect(items.map(({ rotationId }) => rotationId)).toEqual([null])
  }, 60_000)

  it('is called so in German, and is nothing for administrators of one site', async () => {
    const context = await browser.newContext({ locale: 'de-DE' })
    const headers = { 'x-roomkey-console': '1' }
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    const own = { name: 'x', role: 'siteAdmin', scopes: ['roomkey:admin'], sites: ['example.webex.com'], expiresAt }
    const made = await page.request.post(`${service.url}/api/tokens`, { headers, data: own })
    const { token } = (await made.json()) as { token: string }
    const theirs = await context.newPage()
    const asked: string[] = []
    theirs.on('request', request => asked.push(request.url()))
    await theirs.request.post(`${service.url}/api/session`, { headers, data: { token } })
    await theirs.goto(`${service.url}/settings`)
    await theirs.getByRole('heading', { name: 'Zugangstoken' }).waitFor()
    expect(await theirs.getByRole('heading', { name: 'Verbindung zu Webex' }).count()).toBe(0)
    expect(asked.filter(url => url.includes('/api/webex-connection'))).toEqual([])
    await context.close()

    const german = await browser.newContext({ locale: 'de-DE', storageState: await page.context().storageState() })
    const ours = await german.newPage()
    await ours.goto(`${service.url}/settings`)
    await ours.getByRole('region', { name: 'Verbindung zu Webex' }).getByText('Über ein eingefügtes Token').waitFor()
    await german.close()
  }, 60_000)
})
