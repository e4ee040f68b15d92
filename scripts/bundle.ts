/**
 * Bundles the program and the console's pages into dist/, with the notices of what is in them: loading one file instead of a thousand is most of what starting takes. What is in the
 * bundle need not be installed with it, so of all packages only the SQLite driver, which is native code, is a dependency.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { build as buildPages, type Plugin } from 'vite'
import { builtInName, makeEmptyDatabase } from '../src/store/sqlite/empty-database.ts'
import { packagesOf, writeNotices } from './notices.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/main.ts',
    testing: 'src/testkit/start-roomkey.ts',
    'writer-thread': 'src/store/sqlite/writer-thread.ts',
    'checkpoint-thread': 'src/store/sqlite/checkpoint-thread.ts',
    'rehearsal-thread': 'src/http/rotations/rehearsal-thread.ts',
    'audit-thread': 'src/http/audit/audit-thread.ts',
  },
  entryNames: '[name]',
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  metafile: true,
  // Less to parse; names stay, so that a stack can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcesContent: false,
  legalComments: 'none',
  external: ['better-sqlite3', 'pg-native'],
  // The packages that are CommonJS find Node's own modules through this.
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  logLevel: 'warning',
})

/** The types of `roomkey/testing` stand in files of their own, which need no others. */
for (const name of ['start-roomkey.d.ts', 'types.d.ts', 'seed-types.d.ts']) {
  const text = readFileSync(join(root, 'build/testkit', name), 'utf8')
    .replace(/^\/\/# sourceMappingURL.*$/m, '')
    .replaceAll(/'(\.\/[a-z-]+)\.ts'/g, "'$1.js'")
  writeFileSync(join(dist, name === 'start-roomkey.d.ts' ? 'testing.d.ts' : name), text)
}

/** The page of /docs loads these two files, which come ready from a package. */
const reference = join(root, 'node_modules/@fastify/swagger-ui/static')
mkdirSync(join(dist, 'reference'))
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  cpSync(join(reference, name), join(dist, 'reference', name))
}

/** Services for tests begin with this database. */
writeFileSync(join(dist, builtInName), await makeEmptyDatabase(join(dist, `unfinished-${builtInName}`)))

cpSync(join(root, 'docs/supported.md'), join(dist, 'reference/supported.md'))

const inputs = Object.keys(metafile.inputs).map(path => join(root, path))
writeNotices(join(dist, 'NOTICES.txt'), [...packagesOf(inputs), dirname(reference)])

let builtIn: string[] = []
/** Every module that was read counts, though not all of it may be left in the end. */
const collectPackages: Plugin = {
  name: 'collect packages',
  generateBundle() {
    builtIn = packagesOf(this.getModuleIds())
  },
}
await buildPages({ configFile: join(root, 'console/vite.config.ts'), logLevel: 'warn', plugins: [collectPackages] })

/** The console's typeface, which @momentum-design/fonts contains: its file says who wrote it. */
const inter = {
  package: { name: 'Inter', version: '3.019', licence: 'OFL-1.1', source: 'its font file' as const },
  text: `Copyright (c) 2020 The Inter Project Authors\n\n${readFileSync(join(root, 'scripts/OFL-1.1.txt'), 'utf8')}`,
}
const [icons, fonts] = ['icons', 'fonts'].map(name => join(root, 'node_modules/@momentum-design', name)) as [
  string,
  string,
]
writeNotices(join(dist, 'console/NOTICES.txt'), [...builtIn, icons, fonts], [inter])
