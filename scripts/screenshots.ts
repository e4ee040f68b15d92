/**
 * Writes a picture of every page and state of the console: `npm run screenshots [folder] [part of a name]`. On a desktop
 * in light, dark and high contrast, in German, and on a phone.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright'
import { openBrowser } from '../devtools/browser.ts'
import { type Scene, scenes } from '../devtools/console-scenes.ts'
import { openPage, openWorld, send, type World } from '../devtools/console-world.ts'

interface Look {
  name: string
  options: BrowserContextOptions
  /** The console's own choice of colours. */
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

const out = resolve(process.argv[2] ?? 'screenshots')
const part = process.argv[3] ?? ''
mkdirSync(out, { recursive: true })

const browser = await openBrowser()
const world = await openWorld(1200)
try {
  await send(world.services.empty, 'POST', '/api/sites', { siteUrl: 'example.webex.com' })
  for (const look of looks) {
    for (const scene of scenes.filter(({ name }) => `${name}.${look.name}`.includes(part))) {
      await take(scene, look, world)
    }
  }
} finally {
  await browser.close()
  await world.close()
}

async function take(scene: Scene, { name, options, theme }: Look, { services }: World): Promise<void> {
  const page = await openPage(browser, services[scene.service], options)
  if (scene.signedOut) await page.context().clearCookies()
  if (theme !== undefined) await page.addInitScript(`localStorage.setItem('roomkey.theme', '${theme}')`)
  try {
    await scene.open(page)
    await settle(page)
    // On a phone the way to the other pages stays at the bottom of the screen, and a sheet at the middle of it.
    const fullPage = name !== 'phone' && (await page.locator('dialog').count()) === 0
    await page.screenshot({ path: join(out, `${scene.name}.${name}.png`), fullPage })
  } catch (error) {
    await page.screenshot({ path: join(out, `${scene.name}.${name}.failed.png`) })
    process.stderr.write(`${scene.name}.${name}: ${(error as Error).message}\n`)
  } finally {
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await page.context().close()
  }
}

/** Fonts and icons are there, and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(350)
}
