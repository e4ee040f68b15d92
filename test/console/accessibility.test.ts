/**
 * Pages and states of the console, looked at by axe: in light, on a phone, and in dark, high contrast or forced colours.
 * A run looks at a third of them, each day at another, and at each in one of these three; `npm run test:accessibility`
 * looks at every one in all.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../devtools/browser.ts'
import { type Scene, scenes } from '../../devtools/console-scenes.ts'
import { openContext, openWorld, send, type Which, type World } from '../../devtools/console-world.ts'

const desktop = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }
/** Between light, dark, high contrast and forced colours nothing but the colours differs. */
const colourRules = ['color-contrast', 'link-in-text-block']
const everything = process.env.ROOMKEY_EVERY_SCENE !== undefined
const day = Math.floor(Date.now() / 86_400_000)
/** So few that a page is soon looked through; no rule cares how many there are. */
const people = 25

describe('for assistive technology', () => {
  let world: World
  let browser: Browser
  const contexts = new Map<Which | 'stranger', BrowserContext>()

  beforeAll(async () => {
    ;[world, browser] = await Promise.all([openWorld(people), openBrowser()])
    await send(world.services.empty, 'POST', '/api/sites', { siteUrl: 'example.webex.com' })
    const options = { viewport: desktop, locale: 'en-US' }
    for (const which of ['full', 'slow', 'empty'] as const) {
      contexts.set(which, await openContext(browser, world.services[which], options))
    }
    contexts.set('stranger', await browser.newContext({ ...options, baseURL: world.services.full.url }))
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  async function open(scene: Scene): Promise<Page> {
    const context = contexts.get(scene.signedOut ? 'stranger' : scene.service)!
    await context.setOffline(false)
    const page = await context.newPage()
    await scene.open(page)
    return page
  }

  const today = scenes
    .map((scene, index) => [scene.name, scene, index] as const)
    .filter(([, , index]) => everything || index % 3 === day % 3)
  it.each(today)(
    'nothing is at fault in %s',
    async (_, scene, index) => {
      const isIn = (colours: 0 | 1 | 2) => everything || Math.floor(index / 3) % 3 === colours
      const page = await open(scene)
      expect(await faultsOf(new AxeBuilder({ page }), 'light')).toEqual([])
      if (isIn(0)) {
        await page.emulateMedia({ colorScheme: 'dark' })
        expect(await faultsOf(colours(page), 'dark')).toEqual([])
      }
      if (isIn(1)) {
        await page.emulateMedia({ colorScheme: 'light', contrast: 'more' })
        expect(await faultsOf(colours(page), 'high contrast')).toEqual([])
        expect(await page.evaluate(blankButtons), 'blank in high contrast').toEqual([])
      }
      if (isIn(2)) {
        await page.emulateMedia({ contrast: 'no-preference', forcedColors: 'active' })
        expect(await faultsOf(colours(page), 'forced colours')).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' })
      await page.setViewportSize(phone)
      expect(await faultsOf(new AxeBuilder({ page }).disableRules(colourRules), 'phone')).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 'wider than a phone').toBe(0)
      await page.close()
    },
    60_000,
  )
})

const colours = (page: Page) => new AxeBuilder({ page }).withRules(colourRules)

/** What axe finds, one line for each element. There are no frames, so none need a page of their own to be joined in. */
async function faultsOf(axe: AxeBuilder, where: string): Promise<string[]> {
  const { violations } = await axe.setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where} ${id} ${target}: ${failureSummary}`),
  )
}

/** Runs in the page: buttons written in the very colour of their ground. Axe does not see the ground of Momentum's buttons. */
const blankButtons = `[...document.querySelectorAll('mdc-button')]
  .map(button => ({ button, style: getComputedStyle(button) }))
  .filter(({ style }) => {
    const [ground, text] = ['background', 'text-color'].map(name => style.getPropertyValue('--mdc-button-' + name))
    return ground === text
  })
  .map(({ button }) => button.textContent)`
