/** Verification by the list, by a sample, and gone on with: what was not read is never counted as changed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportLines } from '#roomkey/rotations/afterwards/report.js'
import { type VerifyWish, verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { engines } from '../support/engines.ts'
import { type Bench, openBench, people, plan, run, wire } from './rotation-fixture.ts'
import type { Weaknesses } from './target-double.ts'

const hour = 60 * 60_000
const count = 400

for (const engine of engines) {
  describe(`${engine}: a verification`, () => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(engine)
    })
    afterEach(() => bench.close())

    const rotated = async (weak: Weaknesses = {}) => {
      const rooms = people(count)
      const wired = wire(bench, rooms, weak)
      const { key } = await plan(bench, wired)
      await run(bench, wired, key)
      await bench.clock.run(bench.clock.sleep(hour))
      wired.target.calls = 0
      return { rooms, wired, key }
    }
    const verify = (key: RotationKey, { client }: ReturnType<typeof wire>, wish?: VerifyWish) =>
      bench.clock.run(verifyRooms(key, { store: bench.store, client, now: () => bench.clock.now() }, wish))

    it('by the list reads a sample of it, and what it does not show', async () => {
      let rooms = new Map<string, string>()
      const lists = (email: string) => (Number(/\d+/.exec(email)![0]) < 30 ? 'old' : rooms.get(email))
      const rotation = await rotated({ lists })
      rooms = rotation.rooms
      const verified = await verify(rotation.key, rotation.wired, { how: 'list' })
      expect(verified).toMatchObject({ wrongs: 0, notYetVisible: 0, list: { verdict: 'agrees', listed: count - 30 } })
      expect(verified.changed + verified.listed).toBe(count)
      expect(verified.changed).toBe(30)
      // A page of the list, a sample of 370 rooms, and the 30 that the list does not show.
      expect(rotation.wired.target.calls).toBeLessThan(1 + 270 + 30)
      const seen = new Map<string, number>()
      for await (const line of reportLines(bench.store.db, rotation.key)) {
        seen.set(line.verified, (seen.get(line.verified) ?? 0) + 1)
      }
      expect(seen).toEqual(
        new Map([
          ['changed', 30],
          ['listed', count - 30],
        ]),
      )
    })

    it('by a list that is wrong reads every room', async () => {
      let given = new Map<string, string>()
      const rotation = await rotated({ lists: email => given.get(email) })
      given = new Map(rotation.rooms)
      for (let index = 0; index < count / 10; index += 1) {
        rotation.wired.target.choose(`person${index}@example.com`, `chosen${index}`)
      }
      const verified = await verify(rotation.key, rotation.wired, { how: 'list' })
      expect(verified).toMatchObject({ listed: 0, changed: count * 0.9, wrongs: count / 10 })
      expect(verified.list).toMatchObject({ verdict: 'differs', listed: count })
    })

    it('by a sample says what it has not read', async () => {
      const { wired, key } = await rotated()
      const verified = await verify(key, wired, { how: 'sample', rooms: 50 })
      expect(verified).toMatchObject({ changed: 50, notRead: count - 50, wrongs: 0 })
      // With 5% of 400 rooms wrong, 50 readings would miss all of them less than once in twenty times.
      expect(verified.mayBeWrong).toBeGreaterThan(15)
      expect(verified.mayBeWrong).toBeLessThan(25)
      expect(wired.target.calls).toBe(50)
    })

    it('whose process dies is gone on with, and reads one slice again at most', async () => {
      const { wired, key } = await rotated()
      let left = 230
      const dying = {
        ...wired.client,
        readRoom: async (siteUrl: string, email: string) => {
          left -= 1
          if (left < 0) throw new Error('killed')
          return wired.client.readRoom(siteUrl, email)
        },
      }
      await expect(verify(key, { ...wired, client: dying })).rejects.toThrow('killed')
      wired.target.calls = 0
      const verified = await verify(key, wired)
      expect(verified).toMatchObject({ changed: count, notYetVisible: 0, wrongs: 0, notRead: 0 })
      expect(verified.goneOnSince).not.toBeNull()
      // Eight readings were under way when it died.
      expect(wired.target.calls).toBeLessThanOrEqual(count - 200 + 8)

      wired.target.calls = 0
      expect(await verify(key, wired)).toMatchObject({ changed: count, goneOnSince: null })
      expect(wired.target.calls).toBe(count)
    })

    it('lists a room that cannot be read, with the reason', async () => {
      const { wired, key } = await rotated()
      const odd = {
        ...wired.client,
        readRoom: async (siteUrl: string, email: string) =>
          email === 'person7@example.com' ? { unclear: 'a web page' } : wired.client.readRoom(siteUrl, email),
      }
      const verified = await verify(key, { ...wired, client: odd })
      expect(verified).toMatchObject({ changed: count - 1, notYetVisible: 1, unread: 1 })
      expect(verified.unreadable).toEqual([{ email: 'person7@example.com', reason: 'a web page' }])
      const lines: string[] = []
      for await (const { email, verified: seen } of reportLines(bench.store.db, key)) {
        if (seen !== 'changed') lines.push(`${email} ${seen}`)
      }
      expect(lines).toEqual(['person7@example.com unread'])
    })
  })
}
