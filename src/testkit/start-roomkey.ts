/**
 * Roomkey as a stand-in for Webex in the tests of programs that call it.
 *
 *     import { startRoomkey } from 'roomkey/testing'
 *
 *     const roomkey = await startRoomkey({ seed: { sites: [{ siteUrl: 'example.webex.com', people: [{ email: 'ann@example.com' }] }] } })
 *     const token = await roomkey.token()
 *     // … call roomkey.url with it …
 *     await roomkey.close()
 *
 * Everything is in memory, and several can run in one process.
 */
import { readFile } from 'node:fs/promises'
import { buildServer } from '../http/server.ts'
import { addToken } from '../http/testing/add-seed.ts'
import { checkedClock, checkedFault, checkedSignIn } from '../http/testing/checked.ts'
import { openHabitualStore } from '../http/testing/habits/habitual-store.ts'
import { readSeed, readSeedFile } from '../http/testing/read-seed.ts'
import { TestClock } from '../http/testing/test-clock.ts'
import { readTime, TestControl } from '../http/testing/test-control.ts'
import type { TargetAnswers } from '../probe/target-profile.ts'
import { parseProfile, readProfile } from '../rotations/target/probed-profile.ts'
import { currentIds } from '../store/rooms/current-ids.ts'
import type { Seed as SeedSchema } from '../wire/testing.ts'
import { inPlainWords } from './plain-errors.ts'
import type { FaultRule, Roomkey, Seed, StandingRule, StartOptions } from './types.ts'

export type * from './types.ts'

const defaultSite = 'example.webex.com'
const oneSnapshot = 'default'

/** Starts a service. @throws Error where the seed or the port cannot be used */
export async function startRoomkey(options: StartOptions = {}): Promise<Roomkey> {
  return inPlainWords(start)(options)
}

async function start(options: StartOptions): Promise<Roomkey> {
  const given = await seedOf(options.seed ?? { sites: [{ siteUrl: defaultSite }] })
  const firstSite = given.sites?.[0]?.siteUrl ?? defaultSite
  const clock = new TestClock(options.now === undefined ? Date.now() : readTime(options.now, 'now'))
  clock.freeze(options.frozen === true)
  const habits = await habitsOf(options.profile)
  const store = await openHabitualStore(habits)
  const control = new TestControl(store, clock, habits)
  const app = await buildServer({
    store,
    clock,
    control,
    rateLimit: options.rateLimit ?? null,
    webhookSettings: { allowPrivate: true },
  })
  const close = async () => {
    clock.close()
    await app.stopRotations()
    await app.close()
    await store.close()
  }
  try {
    await control.seed(given)
    await control.keepAsStart()
    const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
    return inPlainWords({
      url,
      token: async (token = {}) => {
        const { tokens } = await seedOf({ tokens: [token] })
        return (await addToken(store, tokens![0]!, clock.now())).token
      },
      seed: async seed => control.seed(await seedOf(seed)),
      snapshot: (name = oneSnapshot) => control.snapshot(name),
      restore: (name = oneSnapshot) => control.restore(name),
      reset: () => control.reset(),
      calls: name => control.calls(name),
      people: {
        add: async (person, siteUrl = firstSite) => {
          await control.seed(await seedOf({ sites: [{ siteUrl, people: [person] }] }))
        },
        roomId: async (email, siteUrl = firstSite) => {
          const ids = await currentIds(store.db, siteUrl, [email.toLowerCase()], [])
          return ids.get(email.toLowerCase()) ?? null
        },
      },
      faults: {
        add: (rule: FaultRule) => control.addFault(checkedFault(rule) as never) as StandingRule,
        list: () => control.rules.list() as StandingRule[],
        remove: id => control.rules.remove(id),
        clear: () => control.rules.clear(),
      },
      clock: {
        now: () => new Date(clock.now()),
        freeze: () => clock.freeze(true),
        resume: () => clock.freeze(false),
        set: async time => void (await control.changeClock({ set: typeof time === 'string' ? time : asText(time) })),
        advance: async by => void (await control.changeClock(checkedClock({ advance: by }))),
        scale: factor => clock.setScale(checkedClock({ scale: factor }).scale),
      },
      signIn: {
        change: change => control.signIn.change(checkedSignIn(change)),
        expireAccessTokens: () => control.signIn.endAccessTokens(),
      },
      close,
    })
  } catch (error) {
    await close()
    throw error
  }
}

/** A date that is none has no text of its own. */
function asText(time: Date): string {
  return Number.isNaN(time.getTime()) ? String(time) : time.toISOString()
}

async function habitsOf(profile: StartOptions['profile']): Promise<TargetAnswers> {
  if (profile === undefined) return {}
  return (typeof profile === 'string' ? parseProfile(await readFile(profile, 'utf8')) : readProfile(profile)).answers
}

function seedOf(seed: Seed | string): Promise<SeedSchema> | SeedSchema {
  return typeof seed === 'string' ? readSeedFile(seed) : readSeed(seed)
}
