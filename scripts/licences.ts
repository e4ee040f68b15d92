/**
 * The licences of everything that goes to a user: what is built into the program and into the pages of the console, by
 * the notices that the build wrote, and what is installed beside them, by the lock files. `npm run licences` writes
 * docs/licences.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuiltIn, readNotices } from './notices.ts'

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

export interface LicensedPackage extends BuiltIn {
  /** How it gets to the user. */
  where: 'built into the program' | 'built into the console' | 'installed beside it'
}

const file = join(root, 'docs', 'licences.md')

/** Every package that goes to a user, by name. Whoever asks has run the build. */
export function listPackages(): LicensedPackage[] {
  const listed = [
    ...notices().flatMap(({ where, packages }) => packages.map(each => ({ ...each.package, where }))),
    ...installed(''),
    ...installed('sqlite-for-node-20'),
  ]
  const distinct = new Map(listed.map(each => [`${each.name}@${each.version}`, each]))
  return [...distinct.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** What the build wrote beside what it built. */
export function notices() {
  return [
    { where: 'built into the program' as const, packages: readNotices(join(root, 'dist/NOTICES.txt')) },
    { where: 'built into the console' as const, packages: readNotices(join(root, 'dist/console/NOTICES.txt')) },
  ]
}

/** The packages that npm installs for a user, by the lock file. */
function installed(folder: string): LicensedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'))
  return Object.entries<{ version: string; license?: string; dev?: boolean }>(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      source: 'package.json',
      where: 'installed beside it',
    }))
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
    ({ name, version, licence = 'none', source, where }) =>
      `| ${name} | ${version} | ${licence} | ${source} | ${where} |`,
  )
  return `# Licences

Written by \`npm run licences\` after a build; a test fails when it is out of date, or when a licence is not permissive.

The packages that are built into the program and into the pages of the console, whose notices stand in \`dist/NOTICES.txt\`
and \`dist/console/NOTICES.txt\`, and the SQLite driver, which npm installs beside them. Inter is the console's typeface, which
@momentum-design/fonts contains.

| licence | packages |
| --- | --: |
${most.map(([licence, count]) => `| ${licence} | ${count} |`).join('\n')}

| package | version | licence | stated in | how it comes |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** What docs/licences.md says now. */
export function writtenLicences(): string {
  return readFileSync(file, 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, renderLicences(listPackages()))
