/** Bundles the program into dist/: loading one file instead of a thousand is most of what starting takes. */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

await build({
  entryPoints: ['src/main.ts', 'src/store/sqlite/writer-thread.ts', 'src/store/sqlite/checkpoint-thread.ts'],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  // Less to parse; names stay, so that a stack can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcesContent: false,
  legalComments: 'linked',
  // Native code and packages that serve files of their own stay where npm put them.
  external: ['better-sqlite3', 'pg-native', '@fastify/swagger-ui'],
  // The packages that are CommonJS find Node's own modules through this.
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
