/** What the console says where a wrong belief would lead to a wrong act: on two sites, in a real browser. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { openContext, openPage, send } from '../../devtools/console-world.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { Roomkey } from '../../src/testkit/types.ts'

const acme = 'acme.webex.com'
const beta = 'beta.webex.com'
const slow = 'slow.webex.com'
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
    const sites = [
      { siteUrl: acme, people: hostsOf(acme, 12) },
      { siteUrl: beta, people: hostsOf(beta, 12) },
      { siteUrl: slow, people: hostsOf(slow, 450) },
    ]
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

  const badge = (page: Page) => page.locator('.page-title .badge')
  const shows = (page: Page, state: string) =>
    badge(page).getByText(state, { exact: true }).waitFor({ timeout: 20_000 })
  const section = (page: Page, name: string) =>
    page.locator('section.card', { has: page.getByRole('heading', { name, exact: true }) })
  const rotation = (siteUrl: string, number: number) => send(roomkey, 'GET', `${api(siteUrl)}/rotations/${number}`)

  describe('a rotation', () => {
    it('says where, who, what breaks, the way back and whether it was rehearsed, before it is started', async () => {
      const page = await open()
      await page.goto(`/sites/${beta}/rotations/1`)
      await button(page, 'Start').click()
      const sheet = page.getByRole('dialog', { name: 'Change 12 room links on beta.webex.com?' })
      for (const said of [
        'beta.webex.com, Roomkey’s own rooms',
        'Everyone',
        /12 links in mails, calendars and signatures stop working/,
        /Old IDs are reserved for 30 days, until /,
        'Not rehearsed',
        'Not known. A rehearsal tells.',
      ]) {
        await sheet.getByText(said).first().waitFor()
      }
      await sheet.getByRole('button', { name: 'Change 12 links' }).click()
      await shows(page, 'Finished')
      await page.context().close()
    }, 60_000)

    it('is verified in green only where all have their new ID, with the time, which a reload keeps', async () => {
      const page = await open()
      await page.goto(`/sites/${beta}/rotations/1`)
      await button(page, 'Verify now').click()
      const good = section(page, 'Verify').locator('.notice.good')
      await good.getByText(/^Verified .*\. All 12 rooms have their new ID\.$/).waitFor()
      await page.reload()
      await good.getByText(/All 12 rooms have their new ID\.$/).waitFor()
      const effect = section(page, 'Before and after')
      const { bits } = await rotation(beta, 1)
      await effect.getByText('Of 12 rooms, 12 could be guessed before the rotation, 0 after it.').waitFor()
      await effect.getByText(new RegExp(`went from \\d+ to ${Math.round(bits)} bits`)).waitFor()

      // What the rotation drew is never called chosen by a person, and has one strength everywhere.
      const { items } = await send(roomkey, 'GET', `${api(beta)}/rooms?host=true&max=20`)
      for (const { guessability } of items) expect(guessability).toMatchObject({ class: 'random', bits })
      expect((await send(roomkey, 'GET', `/api/audit?siteUrl=${beta}`)).medianBits).toBe(bits)
      await page.goto(`/sites/${beta}/rooms/${encodeURIComponent(items[0].personId)}`)
      await page.getByText(`Drawn at random by a rotation: ${Math.round(bits)} bits`).waitFor()
      await page.goto(`/sites/${beta}/rotations/1`)

      // By a sample, on the command line or elsewhere: what was not read is not green.
      await send(roomkey, 'POST', `${api(beta)}/rotations/1/verify`, { how: 'sample', rooms: 5 })
      await page.reload()
      await section(page, 'Verify')
        .locator('.notice.warning')
        .getByText(
          /5 of 12 rooms have their new ID\. 7 rooms were not read; at most 4 may be wrong, at 95% certainty\.$/,
        )
        .waitFor()

      await send(roomkey, 'POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
        siteUrl: beta,
        personalMeetingRoomIds: [{ email: `host.3@${beta}`, personalMeetingRoomId: 'chosen-since' }],
      })
      await button(page, 'Verify again').click()
      const warned = section(page, 'Verify').locator('.notice.warning')
      await warned.getByText(/11 of 12 rooms have their new ID\. 1 room has been changed since by the host/).waitFor()
      await page.context().close()
    }, 60_000)

    it('that was undone says so, shows what rooms carry now, and is not verified in green', async () => {
      await send(roomkey, 'PATCH', api(beta), { needsApproval: false })
      const page = await open()
      await page.goto(`/sites/${beta}/rotations/1`)
      await button(page, 'Undo rotation').click()
      await button(page, 'Create plan').click()
      await heading(page, 'Rotation 2').waitFor()
      await button(page, 'Start').click()
      const sheet = page.getByRole('dialog', { name: 'Give 11 rooms on beta.webex.com their old IDs back?' })
      await sheet.getByText(/11 rooms can be guessed again/).waitFor()
      await sheet.getByRole('button', { name: 'Restore 11 old IDs' }).click()
      await shows(page, 'Finished')
      await page.getByRole('link', { name: 'Undoes rotation 1' }).click()
      await heading(page, 'Rotation 1').waitFor()
      await shows(page, 'Partly undone')
      await page.getByText('11 of 12 rooms have their old ID back, by').waitFor()
      const line = page.getByRole('row').filter({ hasText: `host.5@${beta}` })
      await line.getByText('now host.5', { exact: true }).waitFor()
      await button(page, 'Verify again').click()
      await section(page, 'Verify')
        .locator('.notice.warning')
        .getByText(/0 of 12 rooms have their new ID\. .*11 rooms have been changed since by rotation 2\./)
        .waitFor()
      const told = section(page, 'What happened')
      for (const kind of ['Planned · Ada', 'Approved · Brenda', 'Started · Ada', 'Finished']) {
        await told.getByText(kind, { exact: true }).first().waitFor()
      }
      await page.context().close()
    }, 60_000)

    it('asks for the number of many rooms, looks empty at 0 %, and shows a pause that a reload keeps', async () => {
      await send(roomkey, 'POST', `${api(slow)}/rotations`, everyone)
      started.faults.add({ call: 'refreshId', fault: { slowMs: 4000 } })
      const page = await open()
      await page.goto(`/sites/${slow}/rotations/1`)
      await button(page, 'Start').click()
      const sheet = page.getByRole('dialog')
      const start = sheet.getByRole('button', { name: 'Change 450 links' })
      await start.waitFor()
      expect(await start.getAttribute('aria-disabled')).toBe('true')
      await sheet.getByLabel('Type 450 to confirm').fill('45')
      expect(await start.getAttribute('aria-disabled')).toBe('true')
      await sheet.getByLabel('Type 450 to confirm').fill('450')
      await start.click()
      await shows(page, 'Running')
      const bar = page.getByRole('progressbar', { name: 'Progress' })
      expect(await bar.getAttribute('aria-valuenow')).toBe('0')
      expect(await bar.locator('.progress-part.good').count()).toBe(0)
      await page.getByRole('link', { name: /^Rotations\s*: 0\s?%$/ }).waitFor()
      await expect.poll(() => page.title()).toMatch(/^\(0\s?%\) Rotation 1/)

      await button(page, 'Pause').click()
      await shows(page, 'Pausing')
      await page.getByText(/^Pausing: waiting for \d batch(es)? in flight\.$/).waitFor()
      await page.reload()
      await shows(page, 'Pausing')
      expect(await button(page, 'Pausing…').getAttribute('aria-disabled')).toBe('true')
      await shows(page, 'Stopped')
      started.faults.clear()
      const { counts } = await rotation(slow, 1)
      expect(counts.done).toBeGreaterThan(0)
      const numbers = await section(page, 'Progress').locator('.metric-row').innerText()
      expect(numbers).toContain(`Remaining\n${counts.pending}`)
      expect(counts.pending + counts.done).toBe(450)
      await page.context().close()
    }, 90_000)
  })

  it('proposes nothing twice: what is planned, running or pinned is not to be planned again', async () => {
    const page = await open()
    await page.goto(`/sites/${slow}`)
    const steps = section(page, 'What to do next')
    await steps.getByText('Rotation 1 stopped before it was finished.').waitFor()
    expect(await steps.getByText('Plan a rotation').count()).toBe(0)

    const { items } = await send(roomkey, 'GET', `${api(beta)}/rooms?host=true&max=20`)
    for (const { personId } of items.slice(0, 2))
      await send(roomkey, 'PATCH', `${api(beta)}/rooms/${encodeURIComponent(personId)}`, { pinned: true })
    await page.goto(`/sites/${beta}`)
    await steps.getByText('2 guessable rooms are pinned: rotations skip them.').waitFor()
    await steps.getByText(/^9 rooms have a guessable ID\.$/).waitFor()
    await page.context().close()
  }, 60_000)

  it('tells whoever may approve a rotation, on every page', async () => {
    await send(roomkey, 'PATCH', api(acme), { needsApproval: true })
    const token = await started.token({ name: 'Carl' })
    const page = await openPage(browser, { ...roomkey, token }, { locale: 'en-US' })
    await page.goto(`/sites/${acme}/history`)
    await page.getByRole('link', { name: /^Rotations\s*: 1 to approve$/ }).waitFor()
    await expect.poll(() => page.title()).toMatch(/^\(1 to approve\) History/)
    await expect.poll(() => page.locator('link[rel=icon]').getAttribute('href')).toMatch(/mark-wanted/)
    await page.goto(`/sites/${acme}`)
    await page.getByText('Rotation 1, planned by Ada, needs your approval.').waitFor()
    await page.getByRole('link', { name: 'Review and approve' }).click()
    await shows(page, 'Needs approval')
    await page.context().close()
  }, 60_000)

  it('lets a suspension and a new ID of one room be taken back for ten seconds', async () => {
    const page = await open()
    await page.goto(`/sites/${beta}/rooms?q=host.7`)
    await page
      .getByRole('link', { name: /host\.7|Host 7/i })
      .first()
      .click()
    await page.getByText('Suspended', { exact: true }).click()
    await page.locator('.page-title .badge.bad').getByText('Suspended').waitFor()
    const toast = page.locator('.toast')
    await toast.getByText(/is suspended: its link opens for nobody/).waitFor()
    await button(page, 'Undo').click()
    await toast.getByText(/is open again/).waitFor()
    await page.locator('.page-title .badge.bad').waitFor({ state: 'detached' })

    await button(page, 'New ID').click()
    await button(page, 'Assign new ID').click()
    await toast.getByText(/^host\.7 → pr/).waitFor()
    await button(page, 'Undo').click()
    await toast.getByText('host.7 is back.').waitFor()
    expect(await started.people.roomId(`host.7@${beta}`, beta)).toBe('host.7')
    await page.context().close()
  }, 60_000)

  it('says on every page that a killed service does not answer, turns its controls off, and goes on when it is back', async () => {
    const folder = await temporaryFolder()
    const faults = join(folder, 'faults.json')
    await writeFile(faults, JSON.stringify({ slow: { share: 1, ms: 3000 } }))
    let child = await serve(folder, ['--demo', '400', '--faults', faults])
    const own = { url: child.url, token: await tokenOf(folder) }
    const demo = api('example.webex.com')
    await send(own, 'POST', `${demo}/rotations`, everyone)
    await send(own, 'POST', `${demo}/rotations/1/rehearse`, { speed: 3600 })
    const page = await openPage(browser, own, { locale: 'en-US' })
    await page.goto('/sites/example.webex.com/rotations/1')
    await page.getByText('Rehearsed: went well · first administrator').waitFor()
    await button(page, 'Start').click()
    await page.getByText(/^Rehearsed .*, went well$/).waitFor()
    await page.getByText(/^About .*, as rehearsed$/).waitFor()
    const { counts: plan } = await send(own, 'GET', `${demo}/rotations/1`)
    await page.getByLabel(`Type ${plan.pending} to confirm`).fill(String(plan.pending))
    await page.keyboard.press('Enter')
    await shows(page, 'Running')
    await expect.poll(async () => (await send(own, 'GET', `${demo}/rotations/1`)).counts.sent).toBeGreaterThan(0)

    await stop(child, 'SIGKILL')
    const killedAt = Date.now()
    await page.getByText(/^No answer from Roomkey since \d+:\d\d:\d\d/).waitFor()
    expect(Date.now() - killedAt).toBeLessThan(5000)
    await shows(page, 'Unknown')
    expect(await button(page, 'Pause').getAttribute('aria-disabled')).toBe('true')

    child = await serve(folder, ['--port', new URL(own.url).port])
    await shows(page, 'Stopped')
    await page.getByText(/^No answer from Roomkey/).waitFor({ state: 'detached' })
    const { counts } = await send(own, 'GET', `${demo}/rotations/1`)
    const unknown = counts.sent + counts.unsure
    expect(unknown).toBeGreaterThan(0)
    await page.getByText(`${unknown} rooms were on the way then. Resume reads them back first`).waitFor()
    const numbers = await section(page, 'Progress').locator('.metric-row').innerText()
    expect(numbers).toContain(`Unknown\n${unknown}`)
    if (counts.pending > 0) expect(numbers).toContain(`Remaining\n${counts.pending}`)
    await page.context().close()
    await stop(child)
    await removeFolder(folder)
  }, 90_000)
})
