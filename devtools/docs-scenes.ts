/** The scenes of the pictures in docs/pictures, by the name of the file. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import { send, type Which, type World } from './console-world.ts'

interface DocsScene {
  service: Which
  /** Of the picture, in pixels. */
  height: number
  open(page: Page, world: World): Promise<void>
}

/** For `openWorld`: a run of everybody takes a minute. */
export const docsSlow = { people: 12_000, callsPerSecond: 2 }

export const docsScenes: Record<string, DocsScene> = {
  overview: {
    service: 'full',
    height: 1072,
    async open(page) {
      await page.goto('/')
      await page.locator('.chart').first().waitFor()
    },
  },
  plan: {
    service: 'full',
    height: 800,
    async open(page) {
      await onlyCommonScripts(page)
      await page.goto('/rotations/3')
      await page.locator('.stacking').waitFor()
    },
  },
  running: {
    service: 'slow',
    height: 880,
    async open(page, { services }) {
      await onlyCommonScripts(page)
      const path = await startWithRefusals(services.slow)
      await page.goto(`/rotations/${path.split('/').at(-1)}`)
      while ((await send(services.slow, 'GET', path)).counts.done < docsSlow.people / 3) await sleep(500)
    },
  },
}

/** Leaves out people whose names need a font that not every machine has. */
async function onlyCommonScripts(page: Page): Promise<void> {
  const common = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]*$/u
  await page.route(/\/rotations\/\d+\/items/, async route => {
    const response = await route.fetch()
    const { items } = (await response.json()) as { items: { name: string }[] }
    await route.fulfill({ response, json: { items: items.filter(({ name }) => common.test(name)) } })
  })
}

/** Plans a rotation of everybody, deletes three of them and starts it. Gives its path in the API. */
async function startWithRefusals(service: World['services'][Which]): Promise<string> {
  const site = '/api/sites/example.webex.com'
  const ids = { kind: 'random', prefix: '', bits: 60 }
  const plan = { people: { who: 'everyone' }, ids, canary: 10, freeze: true }
  const { number } = await send(service, 'POST', `${site}/rotations`, plan)
  const path = `${site}/rotations/${number}`
  while ((await send(service, 'GET', path)).state !== 'planned') await sleep(200)
  const { items } = await send(service, 'GET', `${path}/items?state=pending`)
  for (const { email } of items.slice(50, 53)) {
    const found = await send(service, 'GET', `${site}/rooms?q=${encodeURIComponent(email)}`)
    await sleep(1000 / docsSlow.callsPerSecond + 200)
    await send(service, 'DELETE', `/v1/people/${encodeURIComponent(found.items[0].personId)}`)
  }
  await send(service, 'POST', `${path}/start`)
  return path
}
