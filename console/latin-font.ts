/** Makes a small copy of the console's typeface, with the letters that most pages need. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'

const source = createRequire(import.meta.url).resolve('@momentum-design/fonts/dist/inter/Inter.var.woff2')

/** Named in src/style/fonts.css, which lists the same letters as `unicode-range`. */
const file = join(import.meta.dirname, '../build/fonts/inter-latin.woff2')
const stylesheet = join(import.meta.dirname, 'src/style/fonts.css')

/** No italics, and the weights that Momentum uses. */
const variationAxes = { slnt: 0, wght: { min: 400, max: 700 } }

export async function makeLatinFont(): Promise<void> {
  const font = await subsetFont(readFileSync(source), letters(), { targetFormat: 'woff2', variationAxes })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, font)
}

function letters(): string {
  const [, ranges = ''] = /unicode-range:([^;]+);/.exec(readFileSync(stylesheet, 'utf8')) ?? []
  return ranges
    .split(',')
    .map(range => {
      const [first = 0, last = first] = range
        .replace(/[\sU+]/g, '')
        .split('-')
        .map(code => Number.parseInt(code, 16))
      return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index))
    })
    .join('')
}
