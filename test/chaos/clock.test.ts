/** A service whose clock is set forward and back while it works. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { openStore } from '#roomkey/store/open-store.js'
import { Chance } from '../../devtools/chance.ts'
import { removeFolder, roomkey, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'
import { emptyDatabase, engines } from '../support/engines.ts'
import { fillSite, runCrowd } from './crowd.ts'
import { inspect } from './inspect.ts'
import { strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'
import { wrongClock } from './wrong-clock.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

describe.each(engines)('%s: chaos with the clock', engine => {
  it(`loses nothing in ${seconds} seconds (seed ${seed})`, { timeout: seconds * 1000 + 60_000 }, async () => {
    const tally = new Tally(`Clock, ${engine}`)
    const chance = new Chance(seed)
    const token = makeToken()
    const database = await emptyDatabase(engine)
    const { folder, env, shift } = await wrongClock()
    const people = await fillSite(database.url, 200)
    // With the rate limit on, which counts calls a minute.
    const words = ['--database', database.url, '--rate-limit', '1000000']
    const service = await serve(folder, words, { ...env, ROOMKEY_ADMIN_TOKEN: token })

    const crowd = runCrowd({ chance, urls: [service.url], token, people, clients: 8, ms: seconds * 1000 })
    const jump = (by: number) => async () => {
      await shift(by)
      await sleep(chance.between(100, 500))
    }
    await strike({
      chance,
      tally,
      until: Date.now() + seconds * 1000,
      harms: {
        'clock a minute forward': jump(minute),
        'clock a minute back': jump(-minute),
        'clock 40 days forward': jump(40 * day),
        'clock 40 days back': jump(-40 * day),
        'clock an hour back': jump(-hour),
        'clock set right': jump(0),
      },
    })
    const calls = await crowd
    expect(calls.filter(({ status }) => ![200, 400, 409].includes(status))).toEqual([])
    expect(await stop(service)).toBe(0)

    const check = await roomkey(['db', 'check', '--database', database.url])
    expect(check).toMatchObject({ code: 0, stderr: '' })
    const store = await openStore(database.url, 'upkeep')
    Object.assign(tally, await inspect(store, calls))
    await store.close()
    tally.report(inject('chaosTally'))
    expect(tally).toMatchObject({ lost: 0 })
    expect(tally.acknowledged).toBeGreaterThan(0)
    await removeFolder(folder)
    await database.remove()
  })

  it('locks nobody out when the clock is set back', { timeout: 60_000 }, async () => {
    const token = makeToken()
    const database = await emptyDatabase(engine)
    const { folder, env, shift } = await wrongClock()
    await shift(hour)
    const words = ['--database', database.url, '--rate-limit', '20']
    const service = await serve(folder, words, { ...env, ROOMKEY_ADMIN_TOKEN: token })
    const wait = async () => {
      const { status, headers } = await fetch(`${service.url}/api/sites`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return status === 429 ? Number(headers.get('retry-after')) : 0
    }
    await expect.poll(wait, { interval: 1 }).toBeGreaterThan(0)
    await shift(0)
    const seconds = await wait()
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    await stop(service)
    await removeFolder(folder)
    await database.remove()
  })
})

describe('postgres: a clock that is set back', () => {
  it('keeps no token alive that another service has revoked', { timeout: 60_000 }, async () => {
    const token = makeToken()
    const database = await emptyDatabase('postgres')
    const { folder, env, shift } = await wrongClock()
    const elsewhere = await temporaryFolder()
    await shift(hour)
    const words = ['--database', database.url]
    const service = await serve(folder, words, { ...env, ROOMKEY_ADMIN_TOKEN: token })
    const other = await serve(elsewhere, words, { ROOMKEY_ADMIN_TOKEN: token })
    const call = (url: string, as: string, more: RequestInit = {}) =>
      fetch(url, { ...more, headers: { ...more.headers, authorization: `Bearer ${as}` } })

    const made = await call(`${other.url}/api/tokens`, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'short', role: 'fullAdmin', scopes: ['roomkey:admin'] }),
    })
    const issued = (await made.json()) as { id: string; token: string }
    const status = async () => (await call(`${service.url}/api/sites`, issued.token)).status
    expect(await status()).toBe(200)
    await shift(0)
    expect((await call(`${other.url}/api/tokens/${issued.id}`, token, { method: 'DELETE' })).status).toBe(204)
    await expect.poll(status, { timeout: 5000 }).toBe(401)
    await Promise.all([stop(service), stop(other)])
    await Promise.all([removeFolder(folder), removeFolder(elsewhere)])
    await database.remove()
  })
})
