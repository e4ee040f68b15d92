/** The plot as a PNG, where there is a browser to render it. */
import { openBrowser } from '../../devtools/browser.ts'

export async function savePicture(svg: string, path: string): Promise<boolean> {
  const browser = await openBrowser().catch(() => undefined)
  if (browser === undefined) return false
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 }, deviceScaleFactor: 2 })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100%;height:auto}</style>${svg}`)
  await page.locator('svg').screenshot({ path })
  await browser.close()
  return true
}
