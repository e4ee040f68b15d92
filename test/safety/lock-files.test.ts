/** Whoever installs Roomkey gets what was tried, to the byte, from whichever registry they use. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Lock {
  packages: Record<string, { integrity?: string; resolved?: string; gypfile?: boolean }>
}

describe.each(['package-lock.json', 'sqlite-for-node-20/package-lock.json'])('%s', name => {
  const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
  const packages = Object.entries((JSON.parse(text) as Lock).packages).filter(([path]) => path !== '')

  it('has an integrity for every package', () => {
    expect(packages.length).toBeGreaterThan(10)
    const without = packages.filter(([, { integrity }]) => !/^sha512-.{86}==$/.test(integrity ?? ''))
    expect(without.map(([path]) => path)).toEqual([])
  })

  it('names no registry', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
    expect(text).not.toMatch(/\/\/registry\.|\.tgz"/)
  })
})

it('keeps npm from compiling the driver that brings its binaries, and from leaving it out where there is no compiler', () => {
  const lock = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
  const { packages } = JSON.parse(lock) as Lock
  const remedy = 'npm install drops it: put "gypfile": false back into the entry of node_modules/better-sqlite3'
  expect(packages['node_modules/better-sqlite3']!.gypfile, remedy).toBe(false)
})
