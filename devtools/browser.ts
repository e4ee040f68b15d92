/** A real Chromium: the one in CHROMIUM_PATH, else the machine's own, else the one inside an npm package. */
import { accessSync, constants, createReadStream, createWriteStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const packed = new URL('../../bin/chromium.br', import.meta.resolve('@sparticuz/chromium'))

/**
 * A container may have little shared memory, and root has no sandbox; fonts are rendered as on a high-resolution
 * screen. What the package recommends is for a cloud function: one process for everything, which dies as soon as its
 * last context is closed, and no web security.
 */
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none']

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? find(names) ?? (await unpack())
  return chromium.launch({ executablePath, args })
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

/**
 * Unpacked under another name until it is complete: several test files start concurrently, and one may be interrupted.
 */
async function unpack(): Promise<string> {
  const { size } = await stat(packed)
  const path = join(tmpdir(), `roomkey-chromium-${size}`)
  if (isProgram(path)) return path
  const unfinished = `${path}.${process.pid}`
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(unfinished, { mode: 0o700 }))
  await rename(unfinished, path)
  return path
}
