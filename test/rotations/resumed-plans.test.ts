/** A plan keeps what it has read: whoever goes on with it reads nothing twice but the slice that was under way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ActiveRotations } from '#roomkey/rotations/running/active-rotations.js'
import { newBudget } from '#roomkey/rotations/target/connect.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationContext } from '#roomkey/rotations/use-cases/context.js'
import { discardRotation } from '#roomkey/rotations/use-cases/discard.js'
import type { PlanOptions } from '#roomkey/rotations/use-cases/have-plan-made.js'
import { readMeetingsOf } from '#roomkey/rotations/use-cases/meetings.js'
import { planRotation, type RotationRequest } from '#roomkey/rotations/use-cases/plan.js'
import { resumeRotation } from '#roomkey/rotations/use-cases/resume.js'
import { resumePlan } from '#roomkey/rotations/use-cases/resume-plan.js'
import { undoRotation } from '#roomkey/rotations/use-cases/undo.js'
import { verifyRotation } from '#roomkey/rotations/use-cases/verify.js'
import { findDraft } from '#roomkey/store/rotations/drafts.js'
import { getRotation } from '#roomkey/store/rotations/rotations.js'
import { systemClock } from '#roomkey/webex/calls/clock.js'
import { staticToken } from '#roomkey/webex/sign-in/token-source.js'
import { engines } from '../support/engines.ts'
import { type Bench, itemsOf, openBench, people } from './rotation-fixture.ts'
import { makeTarget, site } from './target-double.ts'

const request: RotationRequest = {
  siteUrl: site,
  target: 'https://target.example/v1',
  profile: profiles.webex,
  choice: { who: 'everyone' },
  source: { kind: 'random', prefix: '', bits: 60 },
  canary: 0,
  freeze: false,
  retained: null,
  allowUnmatched: false,
  pinnedToo: false,
}

for (const engine of engines) {
  describe(`${engine}: a plan that stops while it reads`, () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(engine)
    })
    afterEach(() => bench.close())

    /** Refuses every call from one on; counts how often each room is read and each page listed. */
    function world(rooms = people(1130)) {
      const target = makeTarget(rooms, systemClock, { latencyMs: 0 })
      const reads = new Map<string, number>()
      const state = { failsAfter: Number.POSITIVE_INFINITY, calls: 0 }
      const fetch: typeof target.fetch = async (url, init) => {
        state.calls += 1
        if (state.calls > state.failsAfter) return new Response('{"message":"Not now."}', { status: 403 })
        const name = new URL(url).searchParams.get('userEmail') ?? url
        reads.set(name, (reads.get(name) ?? 0) + 1)
        return target.fetch(url, init)
      }
      const contextOf = (active = new ActiveRotations()): RotationContext => ({
        actor: { tokenId: 'test', trackingId: 'test', sites: null },
        store: bench.store,
        active,
        routeTo: () => ({ fetch, token: staticToken('secret'), budget: newBudget() }),
      })
      return { target, reads, state, contextOf }
    }

    it('goes on where it stopped, however often, when the same is asked for again', async () => {
      const { reads, state, contextOf } = world()
      let stops = 0
      for (;;) {
        state.failsAfter = state.calls + 301
        const planned = await planRotation(contextOf(), request)
        if ('key' in planned) {
          expect(planned.made?.summary.moves).toBe(1130)
          break
        }
        expect(planned).toMatchObject({ refused: 'planStopped', rotation: 1, because: { refused: 'targetDenied' } })
        stops += 1
      }
      expect(stops).toBeGreaterThan(2)
      const pages = [...reads].filter(([name]) => name.startsWith('https:'))
      expect(pages.map(([, times]) => times)).toEqual([1, 1])
      const rooms = [...reads].filter(([name]) => !name.startsWith('https:'))
      expect(rooms).toHaveLength(1130)
      expect(rooms.reduce((sum, [, times]) => sum + times - 1, 0)).toBeLessThanOrEqual(50 * stops)
      const items = await itemsOf(bench.store, { siteId: -1, rotation: 1 })
      expect(items.map(({ number, old_id }) => [number, old_id])).toEqual(
        items.map((_, index) => [index + 1, `person${index}`]),
      )
      expect(await findDraft(bench.store.db, { siteId: -1, rotation: 1 })).toBeUndefined()
    })

    it('is resumed by its number, and neither run, verified, undone nor taken for another before that', async () => {
      const { state, contextOf, reads } = world()
      const stop = new AbortController()
      const stopAfter: PlanOptions = {
        signal: stop.signal,
        onProgress: reading => {
          if (reading.phase === 'rooms' && reading.read >= 200) stop.abort()
        },
      }
      const stopped = await planRotation(contextOf(), request, stopAfter)
      expect(stopped).toEqual({ refused: 'planStopped', rotation: 1, because: null })
      const read = state.calls
      const row = await getRotation(bench.store.db, { siteId: -1, rotation: 1 })
      expect(await resumeRotation(contextOf(), row)).toEqual({ refused: 'planUnfinished' })
      expect(await undoRotation(contextOf(), row)).toEqual({ refused: 'undoWrongState', state: 'planning' })
      expect(await verifyRotation(contextOf(), row)).toEqual({ refused: 'wrongState', state: 'planning' })
      expect(await readMeetingsOf(contextOf(), row, { days: 1, again: false })).toEqual({
        refused: 'wrongState',
        state: 'planning',
      })

      const other = await planRotation(contextOf(), { ...request, canary: 5 }, { signal: AbortSignal.abort() })
      expect(other).not.toMatchObject({ rotation: 1 })
      const planned = await resumePlan(contextOf(), row)
      expect(planned).toMatchObject({ key: { rotation: 1 }, made: { summary: { moves: 1130 } } })
      expect(state.calls - read).toBeLessThanOrEqual(1130 - 200 + 1)
      expect([...reads.values()].every(times => times <= 2)).toBe(true)
    })

    it('leaves nothing behind where nothing was read, and nothing when it is discarded', async () => {
      const { state, contextOf } = world()
      state.failsAfter = 0
      expect(await planRotation(contextOf(), request)).toMatchObject({ refused: 'targetDenied' })
      state.failsAfter = 100
      await planRotation(contextOf(), request)
      const [row] = await bench.store.db.selectFrom('rotation').select('rotation').execute()
      expect(
        await discardRotation(contextOf(), await getRotation(bench.store.db, { siteId: -1, rotation: row!.rotation })),
      ).toBeNull()
      for (const table of ['rotation', 'rotation_item', 'rotation_draft'] as const) {
        expect(await bench.store.db.selectFrom(table).selectAll().execute()).toEqual([])
      }
    })

    it('says at once who of a list is not there, before any room is read', async () => {
      const { reads, contextOf } = world()
      const nobody = 'nobody@example.com'
      const list = {
        file: 'a.csv',
        people: new Map([
          [nobody, null],
          ['person1@example.com', null],
        ]),
        lines: new Map([[nobody, 2]]),
      }
      const asked = { ...request, choice: { who: 'listed' as const, ...list } }
      expect(await planRotation(contextOf(), asked)).toMatchObject({ refused: 'unmatchedPeople' })
      expect([...reads.keys()].every(name => name.startsWith('https:'))).toBe(true)
    })
  })
}
