/** Every module of the project, and what it imports: types count, and what is imported later (`import()`) too. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

export interface Module {
  /** From the root of the project, e.g. `src/rooms/id-rule.ts`. */
  path: string
  text: string
  lines: number
  imports: Import[]
}

export interface Import {
  /** The path of a module of the project, else the name of a package. */
  from: string
  /** True where only types are imported, which are gone at run time. */
  onlyTypes: boolean
}

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const areas = ['src', 'console', 'devtools', 'scripts', 'bench', 'test']

/** Reads every TypeScript and JavaScript file below the project's areas. */
export function readSources(): Map<string, string> {
  const paths = areas.flatMap(area =>
    readdirSync(join(root, area), { recursive: true, encoding: 'utf8' }).map(name => posix.join(area, name)),
  )
  const modules = paths.filter(path => /\.(ts|tsx|mjs)$/.test(path) && !path.includes('node_modules/')).sort()
  return new Map(modules.map(path => [path, readFileSync(join(root, path), 'utf8')]))
}

/** @throws Error where a file cannot be parsed, or imports a module that is not there. */
export function parseModules(sources: Map<string, string>): Module[] {
  return [...sources].map(([path, text]) => ({
    path,
    text,
    lines: text.trimEnd().split('\n').length,
    imports: importsOf(path, text).map(each => ({ ...each, from: resolve(path, each.from, sources) })),
  }))
}

function importsOf(path: string, text: string): Import[] {
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`)
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    onlyTypes: entries.length > 0 && entries.every(entry => entry.isType),
  }))
  const exported = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null ? [] : [{ from: moduleRequest.value, onlyTypes: isType }],
    )
  const later = module.dynamicImports
    .map(({ moduleRequest: { start, end } }) => /^'(.*)'$/.exec(text.slice(start, end))?.[1])
    .flatMap(from => (from === undefined ? [] : [{ from, onlyTypes: false }]))
  return [...imported, ...new Map(exported.map(each => [each.from, each])).values(), ...later]
}

function resolve(importer: string, from: string, sources: Map<string, string>): string {
  const path = from.startsWith('#roomkey/')
    ? from.replace('#roomkey/', 'src/').replace(/\.js$/, '.ts')
    : from.startsWith('.')
      ? posix.join(posix.dirname(importer), from)
      : undefined
  if (path === undefined) return from
  if (!sources.has(path) && !existsSync(join(root, path)))
    throw new Error(`${importer} imports ${path}, which is not there.`)
  return path
}
