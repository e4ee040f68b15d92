/** What a browser loads before it shows the console, and how soon it does. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../devtools/browser.ts'
import { benchToken, emailOf, fillSqlite } from '../devtools/fill-site.ts'
import { alternate, type Metric, median } from './measure.ts'
import { startService } from './processes.ts'

const maxKilobytes = 250

export async function benchConsole({ rounds }: { rounds: number }): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  await fillSqlite(join(folder, 'console.sqlite'), 10_000)
  const service = await startService({ folder, database: `sqlite:${join(folder, 'console.sqlite')}` })
  const browser = await openBrowser()
  const kilobytes: number[] = []
  const values = await alternate(rounds, {
    async render() {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(service.url)
      await page.getByLabel('Access token').fill(benchToken)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
      const started = performance.now()
      await page.goto(`${service.url}/rooms`)
      await page.getByText(emailOf(5)).waitFor()
      const took = performance.now() - started
      const sizes = await page.evaluate(
        `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(entry => entry.encodedBodySize)`,
      )
      const script = (sizes as number[]).reduce((sum, bytes) => sum + bytes, 0)
      kilobytes.push(script / 1000)
      await context.close()
      return took
    },
  })
  await browser.close()
  await service.stop()
  await rm(folder, { recursive: true, force: true })
  return [
    {
      name: 'console: JavaScript, compressed',
      value: Math.max(...kilobytes),
      unit: 'kB',
      target: { max: maxKilobytes },
    },
    { name: 'console: rows of the room list in view', value: median(values.render), unit: 'ms' },
  ]
}
