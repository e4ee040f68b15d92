/** A database file with flipped bytes: damage to who holds which ID is always reported, never ignored. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import type { Store } from '#roomkey/store/store.js'
import { StoreError } from '#roomkey/store/store-error.js'
import { checkDatabase } from '#roomkey/store/upkeep/check.js'
import { Chance } from '../../devtools/chance.ts'
import { removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'
import { populate, refresh } from '../support/world.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'

const flips = 4 * seconds
const names = Array.from({ length: 400 }, (_, n) => `person${n}`)

describe('sqlite: flipped bytes in the database file', () => {
  let folder: string
  let whole: string
  let before: string
  beforeAll(async () => {
    folder = await temporaryFolder()
    whole = join(folder, 'whole.sqlite')
    const store = await openStore(`sqlite:${whole}`)
    const siteId = await populate(store, names)
    for (let round = 0; round < 3; round += 1) {
      for (let from = 0; from < names.length; from += 100) {
        const some = names.slice(from, from + 100)
        await refresh(store, siteId, Object.fromEntries(some.map(name => [name, `${name}-${round}`])))
      }
    }
    before = await whoHoldsWhat(store)
    await store.close()
  })
  afterAll(() => removeFolder(folder))

  /** A copy with one flipped byte, or a few adjacent ones. */
  function damage(chance: Chance): string {
    const path = join(folder, `damaged-${chance.between(0, 2 ** 31)}.sqlite`)
    copyFileSync(whole, path)
    const bytes = readFileSync(path)
    const count = chance.oneOf([1, 1, 4, 64])
    const from = chance.between(0, bytes.length - count)
    for (let n = from; n < from + count; n += 1) bytes[n]! ^= chance.between(1, 256)
    writeFileSync(path, bytes)
    return path
  }

  it(`are reported where they change who holds an ID, ${flips} times (seed ${seed})`, {
    timeout: 3_600_000,
  }, async () => {
    const chance = new Chance(seed)
    const tally = new Tally('Corrupt file')
    const found = { named: 0, harmless: 0 }
    for (let flip = 0; flip < flips; flip += 1) {
      const path = damage(chance)
      if (await isNamed(path)) found.named += 1
      else {
        found.harmless += 1
        const store = await openStore(`sqlite:${path}`)
        if ((await whoHoldsWhat(store)) !== before) tally.lost += 1
        await store.close()
      }
    }
    tally.count('bytes flipped in the file', flips)
    tally.report(inject('chaosTally'))
    process.stdout.write(`Corrupt file: ${JSON.stringify(found)}\n`)
    expect(tally.lost).toBe(0)
    expect(found.named).toBeGreaterThan(0)
  })

  it('end every command with one sentence and a matching exit code', async () => {
    const chance = new Chance(seed)
    for (let tried = 0; tried < 6; tried += 1) {
      const path = damage(chance)
      const named = await isNamed(path)
      const { code, stderr } = await roomkey(['db', 'check', '--database', `sqlite:${path}`])
      expect([code, stderr]).toEqual(
        named
          ? [
              expect.toBeOneOf([3, 6]),
              expect.stringMatching(/^roomkey: .*(damaged|broken|not a readable).*backup.*\n$/),
            ]
          : [0, ''],
      )
    }
  })
})

/** Whether it cannot be opened, or is reported as damaged. */
async function isNamed(path: string): Promise<boolean> {
  let store: Store
  try {
    store = await openStore(`sqlite:${path}`, 'upkeep')
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError)
    return true
  }
  try {
    for await (const { broken } of checkDatabase(store)) if (broken > 0) return true
    return false
  } finally {
    await store.close()
  }
}

/** All data that decides who holds or held which ID. */
async function whoHoldsWhat({ db }: Store): Promise<string> {
  const claims = await db
    .selectFrom('claim')
    .select(['site_id', 'person', 'number', 'key', 'tenure', 'at'])
    .orderBy('site_id')
    .orderBy('person')
    .orderBy('number')
    .execute()
  const people = await db
    .selectFrom('person')
    .select(['site_id', 'person', 'person_id', 'email_key', 'host', 'suspended'])
    .orderBy('site_id')
    .orderBy('person')
    .execute()
  const sites = await db.selectFrom('site').select(['site_id', 'url_key', 'quarantine_days']).execute()
  return JSON.stringify([claims, people, sites])
}
