/** The code is laid out as ARCHITECTURE.md says, and the rules that say so find what breaks them. */
import { expect, it } from 'vitest'
import { Arrows } from '../devtools/house/arrows.ts'
import { inspectHouse } from '../devtools/house/inspect.ts'
import { parseModules } from '../devtools/house/modules.ts'
import { brokenRules, maxFilesInFolder, maxLines } from '../devtools/house/rules.ts'

it('holds for the code', () => {
  const { modules, problems } = inspectHouse()
  expect(problems).toEqual([])
  expect(modules.length).toBeGreaterThan(600)
})

const document = `
## Arrows

    cli -> http
        -> store -> rooms

    console -> rooms
    test -> src

## More

    rooms -> cli
`

const empty = { 'src/cli/a.ts': '', 'src/http/a.ts': '', 'src/store/a.ts': '', 'src/rooms/a.ts': '' }

function broken(files: Record<string, string>): string[] {
  return brokenRules(parseModules(new Map(Object.entries({ ...empty, ...files }))), new Arrows(document))
}

it('finds nothing in code that follows the rules', () => {
  expect(
    broken({
      'src/cli/a.ts':
        "import { a } from '../http/a.ts'\nimport type { B } from '../rooms/a.ts'\nimport pino from 'pino'",
      'src/http/a.ts': "export const a = import('../store/a.ts')\nimport type { Kysely } from 'kysely'",
      'src/store/a.ts': "import { sql } from 'kysely'\nimport './b.ts'",
      'src/store/b.ts': 'db.selectFrom(table)',
      'console/src/a.tsx': "import type { B } from '../../src/rooms/a.ts'\nexport const a = <b>{1}</b>",
      'test/a.test.ts': "import { a } from '#roomkey/cli/a.js'\nexport { a }",
    }),
  ).toEqual([])
})

it.each([
  ['a type from above', "import type { A } from '../http/a.ts'", 'src/http/a.ts'],
  ['an export from above', "export * from '../cli/a.ts'", 'src/cli/a.ts'],
  ['an import for later from above', "const a = await import('../http/a.ts')", 'src/http/a.ts'],
])('finds %s', (_, text, imported) => {
  expect(broken({ 'src/store/a.ts': text })).toEqual([
    `src/store/a.ts imports ${imported} against the arrows of ARCHITECTURE.md`,
  ])
})

it('finds a folder that no arrow names', () => {
  expect(broken({ 'src/new/a.ts': '' })).toEqual([
    'src/new/a.ts is under no folder that the arrows of ARCHITECTURE.md name',
  ])
})

it('finds a circle of types, and only those in it', () => {
  const files = {
    'src/rooms/b.ts': "import type { C } from './c.ts'",
    'src/rooms/c.ts': "export type { D } from './d.ts'",
    'src/rooms/d.ts': "import './b.ts'\nimport './a.ts'",
    'src/rooms/e.ts': "import './b.ts'",
  }
  expect(broken(files)).toEqual(['Import each other in a circle: src/rooms/b.ts, src/rooms/c.ts, src/rooms/d.ts'])
})

it.each(["import { sql } from 'kysely'", "import pg from 'pg'", "db.selectFrom('site')", 'sql`select 1`'])(
  'finds a query outside the store: %s',
  text => {
    expect(broken({ 'src/http/b.ts': text })).toEqual([
      'src/http/b.ts queries the database itself; queries stand in src/store',
    ])
  },
)

it('finds a value that the console takes', () => {
  expect(broken({ 'console/src/a.ts': "import { a, type B } from '../../src/rooms/a.ts'" })).toEqual([
    'console/src/a.ts imports more than types from src/rooms/a.ts',
  ])
})

it('finds a full folder and a long file', () => {
  const names = Array.from({ length: maxFilesInFolder }, (_, index) => [`src/rooms/${index}.ts`, ''])
  expect(broken(Object.fromEntries(names))).toEqual([
    `src/rooms has ${maxFilesInFolder + 1} files at one level; ${maxFilesInFolder} are the most`,
  ])
  expect(broken({ 'src/rooms/b.ts': '//\n'.repeat(maxLines + 1) })).toEqual([
    `src/rooms/b.ts has ${maxLines + 1} lines; ${maxLines} are the most`,
  ])
})

it('refuses an import of a module that is not there', () => {
  expect(() => broken({ 'src/rooms/b.ts': "import './missing.ts'" })).toThrow('which is not there')
})
