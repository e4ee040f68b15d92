/** Builds the console into dist/console, every file compressed once, so that the service only sends. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { makeLatinFont } from './latin-font.ts'
import { iconNames } from './src/ui/icon-names.ts'

const out = join(import.meta.dirname, '../dist/console')

await makeLatinFont()

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
  // `npx vite console` serves the console from its sources, beside a service that runs already.
  server: { proxy: { '/api': 'http://127.0.0.1:8787', '/v1': 'http://127.0.0.1:8787' } },
  plugins: [react(), icons(), preloadedFont(), compressed()],
})

/** Copies the icons in use, which Momentum's components fetch one by one. */
function icons(): Plugin {
  const from = join(import.meta.dirname, '../node_modules/@momentum-design/icons/dist/svg')
  return {
    name: 'icons',
    apply: 'build',
    closeBundle() {
      mkdirSync(join(out, 'icons'), { recursive: true })
      for (const name of iconNames) cpSync(join(from, `${name}.svg`), join(out, 'icons', `${name}.svg`))
    },
  }
}

/** The typeface is asked for with the page, and not only once the styles have come. */
function preloadedFont(): Plugin {
  return {
    name: 'preloaded font',
    apply: 'build',
    transformIndexHtml(_html, { bundle = {} }) {
      const file = Object.keys(bundle).find(name => /inter-latin.*\.woff2$/.test(name))
      if (file === undefined) throw new Error('The typeface is not among what was built.')
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/console/${file}`, crossorigin: true }
      return [{ tag: 'link', attrs, injectTo: 'head-prepend' }]
    },
  }
}

function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
        if (!/\.(js|css|html|svg)$/.test(entry.name)) continue
        const path = join(entry.parentPath, entry.name)
        const content = readFileSync(path)
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}
