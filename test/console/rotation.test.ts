/** The page of a rotation in a real browser: without a mouse, as it happens, rehearsed, approved, undone. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type ChildService, removeFolder, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { openPage, run, send } from '../../devtools/console-world.ts'

const site = '/api/sites/example.webex.com'
const random = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 0, freeze: false }

interface Service {
  url: string
  token: string
}

describe('the page of a rotation', () => {
  let folders: [string, string]
  let children: ChildService[]
  let browser: Browser
  /** `slow` answers two calls a second, so that there is something to look at and to pause. */
  let slow: Service
  let fast: Service

  beforeAll(async () => {
    folders = [await temporaryFolder(), await temporaryFolder()]
    const faults = join(folders[0], 'faults.json')
    await writeFile(faults, JSON.stringify({ callsPerSecond: 2 }))
    ;[browser, ...children] = await Promise.all([
      openBrowser(),
      serve(folders[0], ['--demo', '900', '--faults', faults]),
      serve(folders[1], ['--demo', '40']),
    ])
    const [first, second] = children as [ChildService, ChildService]
    slow = { url: first.url, token: await tokenOf(folders[0]) }
    fast = { url: second.url, token: await tokenOf(folders[1]) }
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all(children.map(child => stop(child)))
    await Promise.all(folders.map(removeFolder))
  })

  const open = (service: Service, locale = 'en-US') => openPage(browser, service, { locale })
  const badge = (page: Page, state: string) => page.locator('.page-title .badge').getByText(state, { exact: true })
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

  describe('without a mouse', () => {
    let page: Page
    const said = `(() => {
      const element = document.activeElement
      return (element.getAttribute('aria-label') ?? (element.labels?.[0] ?? element).textContent ?? '').trim()
    })()`

    async function focusIsOn(name: string | RegExp): Promise<void> {
      await expect.poll(() => page.evaluate(said), { timeout: 10_000 }).toMatch(name)
    }

    /** A link to a page is called as the page is, and has the focus until the page is there. */
    async function arriveAt(title: string): Promise<void> {
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await focusIsOn(new RegExp(`^${title}$`))
    }

    async function tabTo(name: RegExp): Promise<void> {
      for (let presses = 0; presses < 60; presses += 1) {
        if (name.test(await page.evaluate<string>(said))) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab does not lead to ${name}.`)
    }

    it('is planned and started, and the focus is where one expects it', async () => {
      page = await open(slow)
      await page.goto('/')
      await arriveAt('Overview')
      await page.getByText(/can be guessed from a staff list/).waitFor()
      await tabTo(/^Skip to content$/)
      await tabTo(/^Rotations$/)
      await page.keyboard.press('Enter')
      await arriveAt('Rotations')
      await tabTo(/^Plan a rotation$/)
      await page.keyboard.press('Enter')
      await arriveAt('Plan a rotation')
      await tabTo(/^Everybody with a guessable ID$/)
      await page.keyboard.press('ArrowDown')
      await focusIsOn(/^Everybody with a room$/)
      await tabTo(/^Create plan$/)
      await page.keyboard.press('Enter')
      await arriveAt('Rotation 1')

      await tabTo(/^Start$/)
      await page.keyboard.press('Enter')
      await focusIsOn(/^Change \d+ room links on example\.webex\.com\?$/)
      await page.keyboard.press('Escape')
      await page.locator('dialog').waitFor({ state: 'detached' })
      await focusIsOn(/^Start$/)
      await page.keyboard.press('Enter')
      await focusIsOn(/^Change /)
      await tabTo(/^Type \d+ to confirm$/)
      const label = await page.getByText(/^Type \d+ to confirm$/).innerText()
      await page.keyboard.type(/\d+/.exec(label)![0])
      await tabTo(/^Cancel$/)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await badge(page, 'Running').waitFor()
      // What opened the dialog is gone, so the title of the page has the focus.
      await focusIsOn(/^Rotation 1$/)
    }, 60_000)

    it('is shown as it happens, streamed by the service; paused, and resumed', async () => {
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      await page.getByText(/^[1-9]\d* of about \d+$/).waitFor()
      await page.getByText('Rooms per minute', { exact: true }).waitFor({ timeout: 30_000 })
      const looks = asked.filter(url => /\/rotations\/1$/.test(url)).length
      expect(looks).toBeLessThanOrEqual(1)

      await tabTo(/^Pause$/)
      await page.keyboard.press('Enter')
      await badge(page, 'Stopped').waitFor()
      await page.getByText('Stopped on request.').first().waitFor()
      // What has changed so far can be read back and told already.
      await button(page, 'Verify now').waitFor()
      await page.getByRole('link', { name: 'E-mails to the hosts' }).waitFor()
      const before = await send(slow, 'GET', `${site}/rotations/1`)
      expect(before.counts.done).toBeLessThan(before.counts.pending + before.counts.done)

      // Where the stream breaks, the page asks instead.
      const other = await open(slow)
      await other.route('**/events', route => route.abort())
      await other.goto('/rotations/1')
      await button(other, 'Resume').waitFor()
      await tabTo(/^Resume$/)
      await page.keyboard.press('Enter')
      await badge(page, 'Running').waitFor()
      await other.reload()
      await badge(page, 'Finished').waitFor({ timeout: 90_000 })
      await badge(other, 'Finished').waitFor()
      await other.context().close()
      await page.context().close()
    }, 180_000)
  })

  it('rehearses a plan under chosen conditions, and shows how it would end', async () => {
    await send(fast, 'POST', `${site}/rotations`, { people: { who: 'everyone' }, ...random })
    const page = await open(fast)
    await page.goto('/rotations/1')
    await button(page, 'Rehearse').click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Conditions').selectOption('An unreliable network')
    await sheet.getByText('Adjust the conditions').click()
    await sheet.getByLabel('Calls per second').fill('4')
    expect(await sheet.getByLabel('Conditions').inputValue()).toBe('own')
    const asked = page.waitForRequest(/\/rehearse$/)
    await button(page, 'Rehearse').last().click()
    expect((await asked).postDataJSON()).toEqual({
      faults: {
        callsPerSecond: 4,
        dropAfterCommit: 0.05,
        serverError: 0.05,
        slow: { share: 0.1, ms: 2000 },
      },
      speed: 60,
    })
    await sheet.getByText('It would go well: every room gets its new ID.').waitFor({ timeout: 60_000 })
    await button(page, 'Close').last().click()
    await page.getByRole('heading', { name: 'Last rehearsal' }).waitFor()
    expect((await send(fast, 'GET', `${site}/rotations/1`)).counts.done).toBe(0)
    await page.context().close()
  }, 90_000)

  it('waits for a second administrator, and says so to the first', async () => {
    await send(fast, 'PATCH', site, { needsApproval: true })
    const planner = await open(fast)
    await planner.goto('/rotations/1')
    await planner.getByText('You planned it, so you cannot approve it yourself.').waitFor()
    expect(await button(planner, 'Start').count()).toBe(0)

    const scopes = (await send(fast, 'GET', '/api/session')).scopes
    const { token } = await send(fast, 'POST', '/api/tokens', { name: 'Brenda', role: 'fullAdmin', scopes })
    const second = await open({ ...fast, token })
    await second.goto('/rotations/1')
    await second.getByText('Planned by first administrator.').waitFor()
    await second.getByText(/come from first administrator, whose holder could have been both/).waitFor()
    await button(second, 'Approve').click()
    await second.getByText(/^Approved by Brenda/).waitFor()

    await planner.getByText(/^Approved by Brenda/).waitFor()
    await button(planner, 'Start').click()
    await planner
      .getByRole('dialog')
      .getByRole('button', { name: /^Change \d+ links$/ })
      .click()
    await badge(planner, 'Finished').waitFor({ timeout: 30_000 })
    await send(fast, 'PATCH', site, { needsApproval: false })
    await Promise.all([planner.context().close(), second.context().close()])
  }, 60_000)

  it('shows which rooms get their old ID back and which do not, in German too, before a plan is made of it', async () => {
    const [line] = (await send(fast, 'GET', `${site}/rotations/1/items?state=done`)).items
    await send(fast, 'POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: [{ email: line.email, personalMeetingRoomId: 'chosen-since' }],
    })
    const page = await open(fast, 'de-DE')
    await page.goto('/rotations/1')
    await button(page, 'Rückgängig machen').click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText(/Räume bekommen ihre alte ID zurück\. 1 behält die aktuelle ID:/).waitFor()
    await sheet.getByRole('listitem').getByText('Der Raum hat eine ID, die nicht von der Rotation stammt.').waitFor()
    const row = sheet.getByRole('row').filter({ hasText: 'chosen-since' })
    expect(await row.innerText()).toContain('Bleibt unverändert')
    expect((await send(fast, 'GET', `${site}/rotations`)).items).toHaveLength(1)
    await button(page, 'Plan erstellen').click()
    await page.getByRole('heading', { level: 1, name: 'Rotation 2' }).waitFor()
    await page.context().close()
  }, 60_000)

  it('says in German what the engine says: who is left out, what was refused, what to be warned of', async () => {
    const hosts = (await send(fast, 'GET', `${site}/rooms?host=true&max=20`)).items
    const [pinned, one, two] = hosts.map(({ email }: { email: string }) => email)
    const person = hosts[0].personId
    await send(fast, 'PATCH', `${site}/rooms/${encodeURIComponent(person)}`, { pinned: true })
    const csv = `email,personalMeetingRoomId\n${pinned},a-1\n${one},b-1\n${two},123\n`
    await send(fast, 'POST', `${site}/rotations`, {
      people: { who: 'listed', name: 'liste.csv', csv },
      ...random,
      ids: { kind: 'csv' },
    })
    await send(fast, 'POST', '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId', {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: [{ email: hosts[5].email, personalMeetingRoomId: 'b-1' }],
    })
    await run(fast, 3)
    await send(fast, 'POST', `${site}/rotations`, {
      people: { who: 'everyone' },
      ...random,
      ids: { kind: 'template', template: '{last}-{random:4}' },
    })

    const page = await open(fast, 'de-DE')
    await page.goto('/rotations/3')
    await page.getByText('Die 3 Personen in liste.csv').waitFor()
    for (const reason of [
      'Der Raum ist angeheftet.',
      'Eine Raum-ID muss mindestens einen Buchstaben enthalten.',
      'Diese Raum-ID gehört schon jemand anderem.',
    ]) {
      await page.getByRole('listitem').filter({ hasText: reason }).first().waitFor()
    }
    await page.getByText('Die neue ID wäre "123". Eine Raum-ID muss').waitFor()
    await page.goto('/rotations/4')
    await page.getByText('Die neuen IDs haben 20 Bit Zufall; 60 oder mehr sind ratsam.').waitFor()

    // And what it refuses, by the code of the refusal.
    await page.goto('/rotations/new')
    await page.getByLabel('Nach einer Vorlage').check()
    await page.getByLabel('Vorlage', { exact: true }).fill('{farbe}')
    await button(page, 'Plan erstellen').click()
    await page.getByText('Die Vorlage hat kein Feld {farbe}; möglich sind').waitFor()
    const english = await page.evaluate('document.body.innerText')
    expect(english).not.toMatch(/template|bits|refused/)
    await page.context().close()
  }, 60_000)

  it('can be discarded when planning failed', async () => {
    const plan = { people: { who: 'everyone' }, ...random }
    const { number } = await send(fast, 'POST', `${site}/rotations`, plan)
    const page = await open(fast)
    const because = 'The token of the administrator who started this has expired or was revoked; use another one.'
    await page.route(`**/api/**/rotations/${number}`, async route => {
      if (route.request().method() !== 'GET') return route.fallback()
      const response = await route.fetch()
      await route.fulfill({ json: { ...(await response.json()), state: 'failed', stopReason: because } })
    })
    await page.goto(`/rotations/${number}`)
    await page.getByText('Planning failed').waitFor()
    await page.getByText(because).waitFor()
    await button(page, 'Discard').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('heading', { level: 1, name: 'Rotations' }).waitFor()
    await expect(send(fast, 'GET', `${site}/rotations/${number}`)).rejects.toThrow('404')
    await page.context().close()
  })
})
