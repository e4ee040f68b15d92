import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isPermissive, listPackages, notices, renderLicences, writtenLicences } from '../../scripts/licences.ts'

it('the list of licences of everything that is shipped is up to date', () => {
  expect(writtenLicences(), 'run npm run licences').toBe(renderLicences(listPackages()))
})

it('everything that is shipped may be used, changed and redistributed', () => {
  expect(listPackages().filter(({ licence }) => !isPermissive(licence))).toEqual([])
  expect(listPackages().length).toBeGreaterThan(100)
  for (const licence of [
    'GPL-3.0',
    '(GPL-2.0 OR AGPL-3.0)',
    'MPL-2.0',
    'SEE LICENSE IN x',
    'MIT AND GPL-3.0',
    undefined,
  ]) {
    expect([licence, isPermissive(licence)]).toEqual([licence, false])
  }
})

it('what is built in comes with its notice, and nothing has to be installed beside it but the SQLite driver', () => {
  for (const { where, packages } of notices()) {
    expect([where, packages.length]).toEqual([where, expect.toSatisfy((count: number) => count > 15)])
    const without = packages.filter(({ text }) => !/copyright|public domain|apache license/i.test(text))
    expect(without.map(each => each.package.name)).toEqual([])
  }
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect([dependencies, Object.keys(optionalDependencies)]).toEqual([undefined, ['better-sqlite3']])
})
