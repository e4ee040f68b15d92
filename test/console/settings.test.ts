/** The settings in a real browser: how IDs are made and guarded, who is told of changes, who may come in. */
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { openPage, send } from '../../devtools/console-world.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const siteUrl = 'example.webex.com'

describe('the settings', () => {
  let folder: string
  let child: ChildService
  let browser: Browser
  let receiver: Receiver
  let service: { url: string; token: string }
  let page: Page

  beforeAll(async () => {
    folder = await temporaryFolder()
    ;[child, browser, receiver] = await Promise.all([
      serve(folder, ['--demo', '20', '--allow-private-webhooks']),
      openBrowser(),
      startReceiver(),
    ])
    service = { url: child.url, token: await tokenOf(folder) }
    page = await openPage(browser, service, { locale: 'en-US' })
    await page.goto('/settings')
  })
  afterAll(async () => {
    await browser?.close()
    await stop(child)
    await receiver.close()
    await removeFolder(folder)
  })

  const section = (name: string) => page.locator('section.card', { has: page.getByRole('heading', { name }) })
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const sheet = () => page.getByRole('dialog')
  const site = () => send(service, 'GET', `/api/sites/${siteUrl}`)

  it('show what a method would make before it is chosen', async () => {
    const ids = section('New IDs')
    await ids
      .getByText(/^pr[0-9a-z]{12}$/)
      .first()
      .waitFor()
    await ids.getByLabel('Generation method').selectOption('E-mail address prefix')
    await ids.getByText('john.andersen').waitFor()
    await ids.getByText('Guessable').first().waitFor()
    expect((await site()).generationMethod).toBe('random')

    await ids.getByLabel('Generation method').selectOption('Prefix and random characters')
    await ids.getByLabel('Prefix').fill('1')
    await ids.getByText('Start with a letter').waitFor()
    await ids.getByLabel('Prefix').fill('room-')
    await ids
      .getByText(/^room-[0-9a-z]{12}$/)
      .first()
      .waitFor()
    await ids.getByRole('button', { name: 'Save' }).click()
    await ids.getByText('Saved').waitFor()
    expect(await site()).toMatchObject({ generationMethod: 'random', prefix: 'room-' })
  })

  it('guard the IDs: quarantine, self-service, strength, dead links, a second administrator', async () => {
    const guards = section('Protection')
    await guards.getByLabel('Quarantine in days').fill('90')
    await guards.getByLabel('Minimum strength in bits').fill('40')
    for (const name of [
      'Hosts may choose their own ID',
      'Show a “room has moved” page',
      'Rotations need a second administrator',
    ]) {
      await guards.getByLabel(name).click()
    }
    await guards.getByRole('button', { name: 'Save' }).click()
    await guards.getByText('Saved').waitFor()
    expect(await site()).toMatchObject({
      quarantineDays: 90,
      minimumStrength: 40,
      allowCustomUrl: false,
      movedPage: true,
      needsApproval: true,
    })
  })

  it('add a webhook, show its deliveries, and resend what failed', async () => {
    receiver.status = 500
    await section('Webhooks').getByText('No webhooks yet.').waitFor()
    await button('New webhook').click()
    await sheet().getByLabel('Name').fill('Directory')
    await sheet().getByLabel('URL').fill('ftp://example.com/')
    await button('Add webhook').click()
    await sheet().getByText('targetUrl must be an http or https URL.').waitFor()
    await sheet().getByLabel('URL').fill(receiver.url)
    await sheet().getByLabel('Secret').fill('a secret')
    await button('Add webhook').click()
    await sheet().waitFor({ state: 'detached' })
    await page.getByText(receiver.url).waitFor()

    await send(service, 'POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
      siteUrl,
      personalMeetingRoomIds: [{ email: 'john.andersen@example.com', systemGenerated: true }],
    })
    await button('Deliveries to Directory').click()
    await sheet().getByText('status 500').waitFor()
    await button('Resend all failed messages').click()
    await sheet().getByText('1 message is being resent.').waitFor()
    // Not sooner: it is tried again by itself, and there would be none left that failed.
    receiver.status = 204
    await sheet().getByText('Delivered').waitFor()
    expect(receiver.received).toHaveLength(1)
    await sheet()
      .getByRole('button', { name: /^Resend change \d+$/ })
      .click()
    await receiver.until(received => received.length === 2)
    await button('Close').last().click()
  })

  it('change a webhook, enable one again that was disabled after failures, and delete it', async () => {
    await button('Edit Directory').click()
    await sheet().getByLabel('Name').fill('Staff directory')
    await button('Save').last().click()
    await page.getByText(/^Staff directory/).waitFor()

    // It takes a day of failures until one is given up.
    await page.route('**/v1/webhooks', async route => {
      const response = await route.fetch()
      const { items } = await response.json()
      await route.fulfill({ json: { items: items.map((each: object) => ({ ...each, status: 'inactive' })) } })
    })
    await page.reload()
    const [asked] = await Promise.all([
      page.waitForRequest(request => request.method() === 'PUT'),
      button('Enable again').click(),
    ])
    expect(asked.postDataJSON()).toEqual({ name: 'Staff directory', targetUrl: receiver.url, status: 'active' })
    await page.unrouteAll({ behavior: 'wait' })
    await page.reload()
    await button('Delete Staff directory').click()
    await button('Delete').last().click()
    await page.getByText('No webhooks yet.').waitFor()
  })

  it('create a token, show it once, and revoke it', async () => {
    await button('New token').click()
    await sheet().getByLabel('Purpose').fill('Monitoring')
    await sheet().getByLabel('Owner’s e-mail').fill('ada@example.com')
    await sheet().getByLabel('Manage webhooks').uncheck()
    await button('Create token').click()
    await sheet().getByText('A session can only make tokens that end with it').waitFor()
    await sheet().getByLabel('Your own token').fill(service.token)
    await button('Create token').click()
    const token = await sheet().getByText(/^rk_/).innerText()
    const who = await send({ ...service, token }, 'GET', '/api/session')
    expect(who).toMatchObject({ name: 'Monitoring', email: 'ada@example.com' })
    expect(who.scopes).not.toContain('spark:webhooks_write')
    await button('Close').last().click()
    await page.getByText('Made with first administrator').waitFor()
    await send({ ...service, token }, 'POST', '/api/tokens', {
      name: 'Its own',
      role: 'user',
      scopes: ['spark:people_read'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    })
    await page.reload()
    await button('Revoke Monitoring').click()
    await sheet().getByLabel('Also revoke what was made with it: Its own').check()
    await button('Revoke').last().click()
    await sheet().waitFor({ state: 'detached' })
    const row = page.getByRole('row').filter({ hasText: 'ada@example.com' })
    expect(await row.count()).toBe(0)
    await page.getByLabel(/^Show \d+ expired or revoked$/).check()
    await row.getByText('Revoked').waitFor()
    await page.getByRole('row').filter({ hasText: 'Its own' }).getByText('Revoked').waitFor()
    await expect(send({ ...service, token }, 'GET', '/api/session')).rejects.toThrow('401')
  })

  it('appear in the audit log, in words', async () => {
    await page.goto('/history?tab=log')
    await page.getByText('Quarantine in days: 90').waitFor()
    await page.getByLabel('Scope').selectOption('The whole service')
    const added = page.getByRole('row').filter({ hasText: 'Webhook added' })
    expect(await added.innerText()).toContain('Event: A room gets a new ID')
    await page.getByRole('row').filter({ hasText: 'Token revoked' }).getByText('Monitoring').waitFor()
  })
})
