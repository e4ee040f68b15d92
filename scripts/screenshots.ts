/**
 * Writes a picture of every page of the console: `npm run screenshots [folder]`. On a desktop in light and dark, on a
 * phone, in German, in high contrast, empty, and with a service that does not answer.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { openBrowser } from '../test/support/browser.ts'
import { removeFolder, serve, stop, temporaryFolder, tokenOf } from '../test/support/child-service.ts'

const out = resolve(process.argv[2] ?? 'screenshots')
const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

const pages = {
  overview: '/',
  rooms: '/rooms',
  'rooms-found': '/rooms?q=an&department=Research',
  'rooms-nobody': '/rooms?q=nobody-has-this-name',
  room: '/rooms/Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ',
  rotations: '/rotations',
  'rotation-new': '/rotations/new',
  'rotation-finished': '/rotations/1',
  'rotation-planned': '/rotations/2',
  'history-changes': '/history',
  'history-id': '/history?tab=ids&id=john.andersen',
  'history-acts': '/history?tab=acts',
  settings: '/settings',
}

interface Look extends BrowserContextOptions {
  name: string
  theme?: string
}

const looks: Look[] = [
  { name: 'desktop', viewport: desktop, locale: 'en-US' },
  { name: 'dark', viewport: desktop, locale: 'en-US', colorScheme: 'dark' },
  { name: 'phone', viewport: phone, locale: 'en-US', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
]
const contrast: Look = { name: 'contrast', viewport: desktop, locale: 'en-US', theme: 'contrast' }
const german: Look = { name: 'german', viewport: desktop, locale: 'de-DE' }

mkdirSync(out, { recursive: true })
const browser = await openBrowser()
const [full, bare] = await Promise.all([temporaryFolder(), temporaryFolder()])
const [service, empty] = await Promise.all([serve(full, ['--demo', '1200']), serve(bare)])
try {
  await prepare(service.url, await tokenOf(full))
  for (const look of looks) await takeAll(browser, service.url, await tokenOf(full), look, pages)
  await takeAll(browser, service.url, await tokenOf(full), contrast, { overview: '/', rooms: '/rooms' })
  await takeAll(browser, service.url, await tokenOf(full), german, { overview: '/', 'rotation-new': '/rotations/new' })
  await takeSignIn(browser, service.url)
  await takeEmpty(browser, empty.url, await tokenOf(bare))
  await takeBroken(browser, service.url, await tokenOf(full))
} finally {
  await browser.close()
  await Promise.all([stop(service), stop(empty)])
  await Promise.all([removeFolder(full), removeFolder(bare)])
}

async function send(url: string, token: string, method: string, path: string, body?: unknown): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
}

/** Something to see: a rotation that has run, one that is planned, and a few acts. */
async function prepare(url: string, token: string): Promise<void> {
  const rotations = '/api/sites/example.webex.com/rotations'
  const wish = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 10, freeze: true }
  await send(url, token, 'POST', rotations, { people: { who: 'department', department: 'Research' }, ...wish })
  await send(url, token, 'POST', `${rotations}/1/start`)
  await new Promise(done => setTimeout(done, 3000))
  await send(url, token, 'POST', rotations, { people: { who: 'guessable' }, ...wish, ids: { kind: 'words', bits: 60 } })
  await send(url, token, 'PATCH', '/api/sites/example.webex.com', { quarantineDays: 60, movedPage: true })
  await send(url, token, 'POST', '/api/tokens', { name: 'Nightly audit', role: 'siteAdmin', scopes: ['roomkey:admin'] })
}

async function open(browser: Browser, url: string, token: string, { name: _, theme, ...look }: Look): Promise<Page> {
  const context = await browser.newContext({ ...look, reducedMotion: 'reduce' })
  if (theme !== undefined) await context.addInitScript(`localStorage.setItem('roomkey.theme', '${theme}')`)
  const page = await context.newPage()
  await page.request.post(`${url}/api/session`, { data: { token }, headers: { 'x-roomkey-console': '1' } })
  return page
}

async function takeAll(browser: Browser, url: string, token: string, look: Look, places: Record<string, string>) {
  const page = await open(browser, url, token, look)
  for (const [name, path] of Object.entries(places)) {
    await page.goto(url + path)
    await take(page, `${name}.${look.name}`)
  }
  await page.context().close()
}

async function take(page: Page, name: string): Promise<void> {
  await page.locator('h1, h2').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(200)
  // On a phone the way to the other pages stays at the bottom of the screen.
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: !name.endsWith('.phone') })
}

async function takeSignIn(browser: Browser, url: string): Promise<void> {
  for (const look of looks) {
    const { name, theme: _, ...options } = look
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(url)
    await take(page, `sign-in.${name}`)
    await page.context().close()
  }
}

async function takeEmpty(browser: Browser, url: string, token: string): Promise<void> {
  const look = looks[0]!
  await takeAll(browser, url, token, look, { 'empty-service': '/' })
  await send(url, token, 'POST', '/api/sites', { siteUrl: 'example.webex.com' })
  const places = {
    'empty-overview': '/',
    'empty-rooms': '/rooms',
    'empty-rotations': '/rotations',
    'empty-history': '/history',
  }
  await takeAll(browser, url, token, look, places)
}

/** A service that is gone, one that fails, and a browser without a network. */
async function takeBroken(browser: Browser, url: string, token: string): Promise<void> {
  const page = await open(browser, url, token, looks[0]!)
  await page.goto(`${url}/settings`)
  await page.locator('h1').waitFor()
  await page.route('**/api/sites/**', route =>
    route.fulfill({ status: 500, json: { message: 'Something went wrong on the server.', errors: [] } }),
  )
  await page.getByRole('link', { name: 'Rooms' }).click()
  await take(page, 'error-rooms.desktop')
  await page.unrouteAll()
  await page.context().setOffline(true)
  await take(page, 'offline.desktop')
  await page.context().close()
}
