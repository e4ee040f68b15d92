/**
 * The licences of everything that goes to a user: what the service needs beside it, and what is built into the pages of
 * the console. `npm run licences` writes docs/licences.md from the lock files and the installed packages.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Use, change and passing on are free, and nothing of ours has to be given away for it. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Unlicense',
])

export interface LicensedPackage {
  name: string
  version: string
  /** As SPDX writes it; undefined where none is to be found. */
  licence: string | undefined
  /** Where it stands. */
  source: 'package.json' | 'its licence file' | 'its README'
  for: 'service' | 'console'
}

interface LockedPackage {
  version: string
  license?: string
  dev?: boolean
  dependencies?: Record<string, string>
}

const file = join(root, 'docs', 'licences.md')

/** Every package that goes to a user, by name. */
export function listPackages(): LicensedPackage[] {
  const packages = lockedIn('')
  const forNode20 = lockedIn('sqlite-for-node-20')
  const service = Object.keys(packages).filter(path => path !== '' && packages[path]!.dev !== true)
  const pages = closureOf(packages, importedBy(join(root, 'console', 'src'))).filter(path => !service.includes(path))
  const listed = [
    ...service.map(path => describe(path, packages[path]!, 'service')),
    ...Object.keys(forNode20)
      .filter(path => path !== '')
      .map(path => describe(path, forNode20[path]!, 'service')),
    ...pages.map(path => describe(path, packages[path]!, 'console')),
  ]
  const distinct = new Map(listed.map(each => [`${each.name}@${each.version}`, each]))
  return [...distinct.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
}

function lockedIn(folder: string): Record<string, LockedPackage> {
  return JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8')).packages
}

/** Whether one may be chosen that is permissive, e.g. of `(MIT OR WTFPL)`. */
export function isPermissive(licence: string | undefined): boolean {
  return (
    licence
      ?.replace(/[()]/g, '')
      .split(' OR ')
      .some(each => permissive.has(each)) ?? false
  )
}

export function renderLicences(packages: LicensedPackage[]): string {
  const counts = new Map<string, number>()
  for (const { licence = 'none' } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  const most = [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
  const rows = packages.map(
    ({ name, version, licence = 'none', source, for: whom }) =>
      `| ${name} | ${version} | ${licence} | ${source} | ${whom} |`,
  )
  return `# Licences

Written by \`npm run licences\`; a test fails when it is out of date, or when a licence is not permissive.

The packages that the service needs, and those that may be built into the pages of the console. The console's typeface is
Inter, which @momentum-design/fonts contains, under the SIL Open Font License 1.1.

| licence | packages |
| --- | --: |
${most.map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

| package | version | licence | stated in | for the |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** What docs/licences.md says now. */
export function writtenLicences(): string {
  return readFileSync(file, 'utf8')
}

function describe(path: string, locked: LockedPackage, whom: LicensedPackage['for']): LicensedPackage {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const { licence, source } = licenceOf(join(root, path), locked)
  return { name, version: locked.version, licence, source, for: whom }
}

function licenceOf(folder: string, { license }: LockedPackage): Pick<LicensedPackage, 'licence' | 'source'> {
  if (license !== undefined) return { licence: license, source: 'package.json' }
  const files = readdirSync(folder)
  const read = (pattern: RegExp) => {
    const name = files.find(each => pattern.test(each))
    return name === undefined ? '' : readFileSync(join(folder, name), 'utf8')
  }
  if (/^\s*(The )?MIT License/i.test(read(/^licen[cs]e/i))) return { licence: 'MIT', source: 'its licence file' }
  return { licence: /badge\/License-MIT-/.test(read(/^readme/i)) ? 'MIT' : undefined, source: 'its README' }
}

/** The packages that sources import, whatever part of them. */
function importedBy(folder: string): string[] {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.tsx?$/.test(name))
  const imports = sources.flatMap(name => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:from|import) '((?:@[\w-]+\/)?[a-z][\w-]*)[^']*'/g),
  ])
  return [...new Set(imports.map(([, name]) => name!))]
}

/** These packages and all that they need, as paths of the lock file. */
function closureOf(packages: Record<string, LockedPackage>, names: string[]): string[] {
  const found = new Set<string>()
  const visit = (name: string, from: string) => {
    const path = [`${from}/node_modules/${name}`, `node_modules/${name}`].find(each => packages[each] !== undefined)
    if (path === undefined || found.has(path)) return
    found.add(path)
    for (const needed of Object.keys(packages[path]!.dependencies ?? {})) visit(needed, path)
  }
  for (const name of names) visit(name, '')
  return [...found]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, renderLicences(listPackages()))
