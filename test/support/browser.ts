/** A real Chromium: the one that CHROMIUM_PATH names, else the machine's own, else the one inside an npm package. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH ?? find(names)
  // In a container there may be little shared memory, and root has no sandbox.
  if (own !== undefined)
    return chromium.launch({ executablePath: own, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const { default: packed } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packed.executablePath(), args: packed.args })
}

function find(programs: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return programs.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
