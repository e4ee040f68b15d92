/** What is over is deleted, a slice at a time, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prune } from '#roomkey/http/pruning.js'
import { wallClock } from '#roomkey/http/service-clock.js'
import { engines } from '../support/engines.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startService, type TestService } from '../support/service.ts'

const hourMs = 60 * 60 * 1000

for (const engine of engines) {
  describe(`${engine}: pruning`, () => {
    let service: TestService
    let receiver: Receiver
    let shiftMs = 0
    beforeEach(async () => {
      shiftMs = 0
      receiver = await startReceiver()
      const clock = { ...wallClock, now: () => Date.now() + shiftMs }
      service = await startService(engine, null, { allowPrivate: true }, { clock })
      const siteId = await service.addSite()
      await service.addPeople(siteId, [{ email: 'ada@example.com' }])
    })
    afterEach(async () => {
      await service.close()
      await receiver.close()
    })

    const tables = ['idempotent_answer', 'session', 'delivery'] as const
    async function rows(): Promise<Record<string, number>> {
      const counted = tables.map(async table => {
        const { n } = await service.store.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
        return [table, Number(n)]
      })
      return Object.fromEntries(await Promise.all(counted))
    }
    const pruneNow = () => prune(service, new AbortController().signal)
    const refresh = (id: string) =>
      service.refresh([{ email: 'ada@example.com', personalMeetingRoomId: id }], { 'idempotency-key': id })
    const signIn = () => service.call('POST', '/api/session', { token: service.token }, { 'x-roomkey-console': '1' })

    it('forgets answers after a day, sessions at their end, and deliveries after a week', async () => {
      await service.call('POST', '/v1/webhooks', {
        name: 'x',
        targetUrl: receiver.url,
        resource: 'rooms',
        event: 'all',
      })
      for (const id of ['one', 'two']) await refresh(id)
      await signIn()
      await receiver.until(received => received.length === 2)
      const delivered = async () =>
        (await service.store.db.selectFrom('delivery').select('delivered_at').execute()).map(each => each.delivered_at)
      while ((await delivered()).includes(null)) await new Promise(resolve => setTimeout(resolve, 50))
      const all = { idempotent_answer: 2, session: 1, delivery: 2 }
      expect(await rows()).toEqual(all)

      shiftMs = 11 * hourMs
      await pruneNow()
      expect(await rows()).toEqual(all)
      shiftMs = 23 * hourMs
      await signIn()
      await refresh('three')
      await receiver.until(received => received.length === 3)
      await pruneNow()
      expect(await rows()).toEqual({ idempotent_answer: 3, session: 1, delivery: 3 })
      shiftMs = 25 * hourMs
      await pruneNow()
      expect(await rows()).toEqual({ idempotent_answer: 1, session: 1, delivery: 3 })
      shiftMs = 7 * 24 * hourMs + hourMs
      await pruneNow()
      expect(await rows()).toEqual({ idempotent_answer: 0, session: 0, delivery: 1 })
      expect((await refresh('three')).status).not.toBe(500)
    })

    it('forgets a plan that nobody has started after 90 days, and never one that ran', async () => {
      const path = '/api/sites/example.webex.com/rotations'
      const wish = { people: { who: 'everyone' }, ids: { kind: 'words', bits: 40 }, canary: 0, freeze: false }
      const numbers: number[] = []
      for (const _ of [1, 2, 3]) numbers.push((await service.call('POST', path, wish)).body.number)
      const states = async () =>
        (await service.call('GET', path)).body.items.map(({ state }: { state: string }) => state)
      while ((await states()).includes('planning')) await new Promise(resolve => setTimeout(resolve, 50))
      expect((await service.call('POST', `${path}/${numbers[0]}/start`, {})).status).toBe(200)
      while ((await states()).includes('running')) await new Promise(resolve => setTimeout(resolve, 50))
      expect(await states()).toEqual(['planned', 'planned', 'finished'])
      shiftMs = 89 * 24 * hourMs
      await pruneNow()
      expect(await states()).toEqual(['planned', 'planned', 'finished'])
      shiftMs = 91 * 24 * hourMs
      await pruneNow()
      expect(await states()).toEqual(['finished'])
      const items = await service.store.db.selectFrom('rotation_item').select('rotation').distinct().execute()
      expect(items).toEqual([{ rotation: numbers[0] }])
    })

    it('deletes a slice at a time', async () => {
      for (const id of ['one', 'two', 'three']) await refresh(id)
      const now = Date.now() + 25 * hourMs
      const slice = () => service.store.write('deleteOldAnswers', { now, limit: 2 })
      expect([await slice(), await slice(), await slice()]).toEqual([2, 1, 0])
    })

    it('forgets what an inactive webhook has not been told for a week, and nothing that is still tried', async () => {
      const hook = { name: 'x', targetUrl: receiver.url, resource: 'rooms', event: 'all' }
      receiver.status = 500
      const { body } = await service.call('POST', '/v1/webhooks', hook)
      await refresh('one')
      while (receiver.refused === 0) await new Promise(resolve => setTimeout(resolve, 50))
      await pruneNow()
      expect((await rows()).delivery).toBe(1)
      shiftMs = 26 * hourMs
      while ((await service.call('GET', `/v1/webhooks/${body.id}`)).body.status === 'active')
        await new Promise(resolve => setTimeout(resolve, 50))
      await pruneNow()
      expect((await rows()).delivery).toBe(1)
      shiftMs = 8 * 24 * hourMs
      await pruneNow()
      expect((await rows()).delivery).toBe(0)
    })
  })
}
