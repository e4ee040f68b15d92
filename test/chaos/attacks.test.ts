/**
 * A service that is attacked in the ways that `npm run attack` knows, by callers without a token and by the
 * administrator and a user of one site, while clients change the rooms of another one.
 */
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { prepareAttacks } from '../../devtools/attacks/attacked.ts'
import { attacks } from '../../devtools/attacks/attacks.ts'
import { probe } from '../../devtools/attacks/probe.ts'
import { Chance } from '../../devtools/chance.ts'
import { removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { newPerson, randomRule } from '../support/service.ts'
import { fillSite, runCrowd } from './crowd.ts'
import { expectKnownStatuses, inspect } from './inspect.ts'
import { type Harm, strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { Tally } from './tally.ts'

const attackedSite = 'attacked.webex.com'
const victims = Array.from({ length: 200 }, (_, n) => `victim${n}@example.com`)

/** What an attacker may be answered. Whoever sends too much may be cut off before the answer is read. */
const allowed = /^(2\d\d|4\d\d|503|no answer|ms until the other site is told)$/

/** A round in the suite has time for some of the attacks only; which ones, the seed decides. */
const each = seconds >= 20

it(`sqlite: attacks on one site hurt no other in ${seconds} seconds (seed ${seed})`, {
  timeout: seconds * 1000 + 240_000,
}, async () => {
  const tally = new Tally('Attacks')
  const chance = new Chance(seed)
  const folder = await temporaryFolder()
  const path = join(folder, 'roomkey.sqlite')
  const people = await fillSite(`sqlite:${path}`, 200)
  await addAttackedSite(`sqlite:${path}`)
  const service = await serve(folder, ['--allow-private-webhooks'])
  const token = await tokenOf(folder)
  const attacked = await prepareAttacks(service.url, token, attackedSite, victims[0]!)

  const outcomes = new Set<string>()
  const left = new Set(Object.keys(attacks))
  const harms = Object.fromEntries(
    Object.entries(attacks).map(([name, attack]): [string, Harm] => [
      name,
      async () => {
        for (const outcome of Object.keys(await attack(attacked, Math.max(0.3, seconds / 20)))) outcomes.add(outcome)
        left.delete(name)
      },
    ]),
  )
  const probing = probe(service.url, service.process.pid!)
  const until = Date.now() + seconds * 1000
  let over = false
  const ms = Number.POSITIVE_INFINITY
  const crowd = runCrowd({ chance, urls: [service.url], token, people, clients: 4, ms, isOver: () => over })
  const isOver = () => Date.now() > until && (!each || left.size === 0)
  await strike({ chance, tally, until: Number.POSITIVE_INFINITY, isOver, harms }).finally(() => {
    over = true
  })
  const calls = await crowd
  const probed = await probing.end()
  process.stdout.write(`/healthz meanwhile: ${JSON.stringify(probed)}\n`)

  expect([...outcomes].filter(outcome => !allowed.test(outcome))).toEqual([])
  expect(service.process.exitCode).toBeNull()
  expect(probed.median).toBeLessThan(100)
  expect(probed.max).toBeLessThan(5000)
  expect(probed.mebibytes).toBeLessThan(700)
  expectKnownStatuses(calls)
  await stop(service)
  expect(await roomkey(['db', 'check', '--data', folder])).toMatchObject({ code: 0, stderr: '' })
  const store = await openStore(`sqlite:${path}`, 'upkeep')
  Object.assign(tally, await inspect(store, calls, crowdSite))
  await store.close()
  tally.report(inject('chaosTally'))
  expect(tally).toMatchObject({ lost: 0 })
  expect(tally.acknowledged).toBeGreaterThan(0)
  await removeFolder(folder)
})

/** The one that `fillSite` adds, as the first. */
const crowdSite = 1

async function addAttackedSite(url: string): Promise<void> {
  const store = await openStore(url)
  const now = Date.now()
  const siteId = await store.write('addSite', { url: attackedSite, rule: randomRule, quarantineDays: 0, now })
  const named = victims.map(email => newPerson({ email }))
  await store.write('addPeople', { siteId, people: named, tokenId: 'test', trackingId: 'test', now })
  await store.close()
}
