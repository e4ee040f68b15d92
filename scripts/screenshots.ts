/**
 * Takes pictures of the console.
 *
 *     npm run screenshots -- [folder] [pattern]   every page and state: light, dark, high contrast, German, on a phone
 *     npm run screenshots -- --docs               the three pictures that README and docs show, into docs/pictures
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from 'playwright'
import { openBrowser } from '../devtools/browser.ts'
import { type Scene, scenes } from '../devtools/console-scenes.ts'
import { openPage, openWorld, send, type World } from '../devtools/console-world.ts'
import { docsScenes, docsSlow } from '../devtools/docs-scenes.ts'

interface Look {
  name: string
  options: BrowserContextOptions
  /** The theme chosen in the console itself. */
  theme?: string
}

const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

const looks: Look[] = [
  { name: 'desktop', options: { viewport: desktop, locale: 'en-US' } },
  { name: 'dark', options: { viewport: desktop, locale: 'en-US', colorScheme: 'dark' } },
  { name: 'contrast', options: { viewport: desktop, locale: 'en-US' }, theme: 'contrast' },
  { name: 'german', options: { viewport: desktop, locale: 'de-DE' } },
  {
    name: 'phone',
    options: { viewport: phone, locale: 'en-US', hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  },
]

/** Of a picture in docs/pictures, in bytes. */
const maxDocsBytes = 150_000

const { values, positionals } = parseArgs({ options: { docs: { type: 'boolean' } }, allowPositionals: true })
const out = resolve(values.docs ? 'docs/pictures' : (positionals[0] ?? 'screenshots'))
const pattern = new RegExp(positionals[1] ?? '')
mkdirSync(out, { recursive: true })

const browser = await openBrowser()
const world = await openWorld(1200, values.docs ? docsSlow : undefined)
try {
  await (values.docs ? takeForDocs(world) : takeAll(world))
} finally {
  await browser.close()
  await world.close()
}

async function takeAll({ services }: World): Promise<void> {
  await send(services.empty, 'POST', '/api/sites', { siteUrl: 'example.webex.com' })
  for (const look of looks) {
    for (const scene of scenes) {
      const name = `${scene.name}.${look.name}`
      if (pattern.test(name)) await take(scene, look, services[scene.service], join(out, name))
    }
  }
}

async function takeForDocs(world: World): Promise<void> {
  for (const [name, { service, height, open }] of Object.entries(docsScenes)) {
    const options = { viewport: { width: 1280, height }, locale: 'en-US', colorScheme: 'light' } as const
    const page = await openPage(browser, world.services[service], options)
    await open(page, world)
    await settle(page)
    const { length } = await page.screenshot({ path: join(out, `${name}.png`) })
    if (length > maxDocsBytes) throw new Error(`${name}.png has ${length} bytes; ${maxDocsBytes} are the most.`)
    await page.context().close()
  }
}

async function take(scene: Scene, look: Look, service: World['services']['full'], path: string): Promise<void> {
  const page = await openPage(browser, service, look.options)
  if (scene.signedOut) await page.context().clearCookies()
  if (look.theme !== undefined) await page.addInitScript(`localStorage.setItem('roomkey.theme', '${look.theme}')`)
  try {
    await scene.open(page)
    await settle(page)
    // A dialog is centred in the view, and on a phone the navigation stays at its bottom: only the view is taken then.
    const fullPage = look.name !== 'phone' && (await page.locator('dialog').count()) === 0
    await page.screenshot({ path: `${path}.png`, fullPage })
  } catch (error) {
    await page.screenshot({ path: `${path}.failed.png` })
    process.stderr.write(`${path}: ${(error as Error).message}\n`)
    process.exitCode = 1
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.context().close()
  }
}

/** Waits until fonts and icons are loaded and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(350)
}
