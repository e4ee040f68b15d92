import { expect, it } from 'vitest'
import { isPermissive, listPackages, renderLicences, writtenLicences } from '../../scripts/licences.ts'

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
