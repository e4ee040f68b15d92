import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillDemoSite } from '#roomkey/demo/fill-site.js'
import { dayMs } from '#roomkey/time.js'
import { engines } from '../support/engines.ts'
import {
  publishedAnswer,
  publishedConflict,
  publishedContentType,
  publishedRequest,
} from '../support/published-example.ts'
import { refreshPath, startService, type TestService } from '../support/service.ts'

const problem = { accept: 'application/problem+json' }
const usedBySomeoneElse = 'Personal meeting room ID is being used by someone else.'

/** Ada, Ben and Cyd are hosts; Sus is one whose room is suspended; Att is an attendee. */
const cast = [
  { email: 'Ada@example.com', roomId: 'ada' },
  { email: 'ben@example.com' },
  { email: 'cyd@example.com' },
  { email: 'sus@example.com', suspended: true },
  { email: 'att@example.com', host: false },
]

for (const engine of engines) {
  describe(`${engine}: the published example`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      await fillDemoSite(service.store, 250, Date.now())
    })
    afterEach(() => service.close())

    it.each([refreshPath, refreshPath.replace('/v1', '')])('comes out of %s', async path => {
      const accepted = await service.call('POST', path, publishedRequest)
      expect(accepted.status).toBe(200)
      expect(accepted.body).toEqual(publishedAnswer)
      expect(accepted.headers['content-type']).toBe(publishedContentType)

      const [, marcus] = publishedRequest.personalMeetingRoomIds
      const conflict = await service.call('POST', path, {
        ...publishedRequest,
        personalMeetingRoomIds: [{ ...marcus, personalMeetingRoomId: 'prABCD23670651' }],
      })
      expect(conflict.status).toBe(400)
      expect(conflict.body).toEqual(publishedConflict)
      expect(conflict.headers['content-type']).toBe(publishedContentType)
      expect(conflict.headers.trackingid).toMatch(/^ROOMKEY_/)
    })

    it('says with Prefer: dryRun what would happen, and does nothing', async () => {
      const prefer = { prefer: 'handling=strict, dryRun', 'idempotency-key': 'try' }
      const rooms = () => service.call('GET', '/v1/people?max=1000')
      const before = await rooms()
      for (const _ of [1, 2]) {
        const tried = await service.call('POST', refreshPath, publishedRequest, prefer)
        expect([tried.status, tried.body]).toEqual([200, publishedAnswer])
        expect(tried.headers['preference-applied']).toBe('dryRun, handling=strict')
      }
      const { personalMeetingRoomIds: items } = publishedRequest
      const twice = { ...publishedRequest, personalMeetingRoomIds: [...items.slice(0, 1), ...items.slice(0, 1)] }
      expect((await service.call('POST', refreshPath, twice, prefer)).status).toBe(400)
      expect((await rooms()).body).toEqual(before.body)

      const done = await service.call('POST', refreshPath, publishedRequest, { 'idempotency-key': 'try' })
      expect([done.status, done.body]).toEqual([200, publishedAnswer])
      expect(done.headers['idempotent-replayed']).toBeUndefined()
    })
  })

  describe(`${engine}: batch refresh`, () => {
    let service: TestService
    let siteId: number

    beforeEach(async () => {
      service = await startService(engine)
      siteId = await service.addSite()
      await service.addPeople(siteId, cast)
    })
    afterEach(() => service.close())

    async function expectRefused(items: unknown, status: number, errors: { detail: string; pointer?: string }[]) {
      const before = await service.roomIds()
      const answer = await service.refresh(items, problem)
      const known = answer.body.errors.map(({ message, ...error }: { message: { code: string } }) => {
        expect(message?.code ?? 'a fault of shape').toMatch(/^[a-z]/)
        return error
      })
      expect([answer.status, known]).toEqual([status, errors])
      expect(await service.roomIds()).toEqual(before)
    }

    it('gives the requested IDs, in request order, however people are addressed', async () => {
      const byEmail = await service.refresh([
        { email: 'ben@example.com', personalMeetingRoomId: 'ben-new' },
        { email: 'aDA@example.com', personalMeetingRoomId: 'Ada.New' },
      ])
      expect(byEmail.body.personalMeetingRoomIds).toEqual([
        { email: 'ben@example.com', personId: 'person-ben', personalMeetingRoomId: 'ben-new' },
        { email: 'Ada@example.com', personId: 'person-Ada', personalMeetingRoomId: 'Ada.New' },
      ])
      const byPersonId = await service.refresh([{ personId: 'person-ben', personalMeetingRoomId: 'ben-newer' }])
      expect(byPersonId.body.personalMeetingRoomIds).toEqual([
        { email: 'ben@example.com', personId: 'person-ben', personalMeetingRoomId: 'ben-newer' },
      ])
      expect(await service.roomIds()).toMatchObject({ 'Ada@example.com': 'Ada.New', 'ben@example.com': 'ben-newer' })
    })

    it("makes IDs by the site's rule, new each time under a random rule", async () => {
      const refresh = () => service.refresh([{ email: 'ben@example.com', systemGenerated: true }])
      const [first, second] = [await refresh(), await refresh()]
      const id = first.body.personalMeetingRoomIds[0].personalMeetingRoomId
      expect(id).toMatch(/^pr[0-9a-z]{12}$/)
      expect(second.body.personalMeetingRoomIds[0].personalMeetingRoomId).not.toBe(id)
    })

    it('takes systemGenerated: false beside an ID as if it were not there', async () => {
      const answer = await service.refresh([
        { email: 'ben@example.com', personalMeetingRoomId: 'ben2', systemGenerated: false },
      ])
      expect(answer.status).toBe(200)
    })

    it('follows a name rule with the next free suffix, and leaves those alone who already follow it', async () => {
      const named = await service.addSite({ method: 'emailPrefix', prefix: 'pr', length: 12 }, 'named.webex.com')
      await service.addPeople(named, [
        { email: 'kim@a.example', personId: 'k1', roomId: 'kim' },
        { email: 'kim@b.example', personId: 'k2', roomId: 'other' },
        { email: 'kim@c.example', personId: 'k3', roomId: 'another' },
      ])
      const refresh = async () => {
        const answer = await service.call('POST', refreshPath, {
          siteUrl: 'named.webex.com',
          personalMeetingRoomIds: ['k1', 'k2', 'k3'].map(personId => ({ personId, systemGenerated: true })),
        })
        return answer.body.personalMeetingRoomIds.map(
          (item: { personalMeetingRoomId: string }) => item.personalMeetingRoomId,
        )
      }
      expect(await refresh()).toEqual(['kim', 'kim2', 'kim3'])
      expect(await refresh()).toEqual(['kim', 'kim2', 'kim3'])
    })

    it('changes nobody when one of a hundred is refused', async () => {
      await service.addPeople(
        siteId,
        Array.from({ length: 100 }, (_, n) => ({ email: `p${n}@example.com` })),
      )
      const items = Array.from({ length: 100 }, (_, n) => ({
        email: `p${n}@example.com`,
        personalMeetingRoomId: `new${n}`,
      }))
      items[73]!.personalMeetingRoomId = 'ben'
      await expectRefused(items, 400, [
        { detail: usedBySomeoneElse, pointer: '#/personalMeetingRoomIds/73/personalMeetingRoomId' },
      ])
      items[73]!.personalMeetingRoomId = 'new73'
      expect((await service.refresh(items)).status).toBe(200)
    })

    it('compares IDs without regard to case', async () => {
      await expectRefused([{ email: 'cyd@example.com', personalMeetingRoomId: 'BEN' }], 400, [
        { detail: usedBySomeoneElse, pointer: '#/personalMeetingRoomIds/0/personalMeetingRoomId' },
      ])
    })

    it("accepts a person's own ID, and writes no history for it", async () => {
      const answer = await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId: 'ben' }])
      expect(answer.body.personalMeetingRoomIds[0].personalMeetingRoomId).toBe('ben')
      const claims = await service.store.db.selectFrom('claim').selectAll().where('key', '=', 'ben').execute()
      expect(claims).toHaveLength(1)
    })

    it('swaps, and turns a cycle of three, inside one batch', async () => {
      const swap = await service.refresh([
        { email: 'ada@example.com', personalMeetingRoomId: 'ben' },
        { email: 'ben@example.com', personalMeetingRoomId: 'ada' },
      ])
      expect(swap.status).toBe(200)
      const cycle = await service.refresh([
        { email: 'ada@example.com', personalMeetingRoomId: 'ada' },
        { email: 'ben@example.com', personalMeetingRoomId: 'cyd' },
        { email: 'cyd@example.com', personalMeetingRoomId: 'ben' },
      ])
      expect(cycle.status).toBe(200)
      expect(await service.roomIds()).toMatchObject({
        'Ada@example.com': 'ada',
        'ben@example.com': 'cyd',
        'cyd@example.com': 'ben',
      })
    })

    it('keeps a freed ID for its last holder until the quarantine is over', async () => {
      await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId: 'ben-new' }])
      await expectRefused([{ email: 'cyd@example.com', personalMeetingRoomId: 'ben' }], 400, [
        { detail: usedBySomeoneElse, pointer: '#/personalMeetingRoomIds/0/personalMeetingRoomId' },
      ])
      expect((await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId: 'ben' }])).status).toBe(200)

      const later = await service.store.refreshRooms({
        siteId,
        by: 'email',
        items: [
          { address: 'ben@example.com', id: 'gone' },
          { address: 'cyd@example.com', id: 'ben-new' },
        ],
        tokenId: 'test',
        trackingId: 'test',
        now: Date.now() + 31 * dayMs,
        rotationId: null,
        idempotency: null,
      })
      expect(later).toMatchObject({ outcome: 'refreshed', rooms: [{ id: 'gone' }, { id: 'ben-new' }] })
      const claims = await service.store.db.selectFrom('claim').select('tenure').where('key', '=', 'ben-new').execute()
      expect(claims.map(({ tenure }) => tenure).sort()).toEqual([1, 2])
    })

    it('refreshes a suspended room, which stays suspended', async () => {
      const answer = await service.refresh([{ email: 'sus@example.com', personalMeetingRoomId: 'sus-new' }])
      expect(answer.status).toBe(200)
      const { suspended } = await service.store.db
        .selectFrom('person')
        .select('suspended')
        .where('email', '=', 'sus@example.com')
        .executeTakeFirstOrThrow()
      expect(suspended).toBe(1)
    })

    it('names every unknown person, before it looks at IDs', async () => {
      await expectRefused(
        [
          { email: 'ben@example.com', personalMeetingRoomId: 'cyd' },
          { email: 'nobody@example.com', personalMeetingRoomId: 'x' },
          { email: 'noone@example.com', personalMeetingRoomId: 'y' },
        ],
        404,
        [1, 2].map(item => ({
          detail: 'Person was not found on this site.',
          pointer: `#/personalMeetingRoomIds/${item}/email`,
        })),
      )
    })

    it('refuses attendees, duplicates and malformed IDs, each by its index', async () => {
      await expectRefused(
        [
          { email: 'att@example.com', personalMeetingRoomId: 'a1' },
          { email: 'ben@example.com', personalMeetingRoomId: 'b1' },
          { email: 'BEN@example.com', personalMeetingRoomId: 'b2' },
          { email: 'cyd@example.com', personalMeetingRoomId: 'B1' },
          { email: 'sus@example.com', personalMeetingRoomId: 'no spaces' },
        ],
        400,
        [
          { detail: 'Person has no personal meeting room on this site.', pointer: '#/personalMeetingRoomIds/0/email' },
          { detail: 'Person appears more than once in the request.', pointer: '#/personalMeetingRoomIds/2/email' },
          {
            detail: 'Personal meeting room ID appears more than once in the request.',
            pointer: '#/personalMeetingRoomIds/3/personalMeetingRoomId',
          },
          {
            detail: 'Personal meeting room ID may only contain letters, digits, "-", "." and "_".',
            pointer: '#/personalMeetingRoomIds/4/personalMeetingRoomId',
          },
        ],
      )
    })

    it.each([
      '',
      '123456',
      'x'.repeat(65),
      'ümlaut',
      'nul\u0000',
      'zero\u200bwidth',
      '\ud800a',
      '../etc',
      'a/b',
      'a%20b',
    ])('refuses the ID %j', async personalMeetingRoomId => {
      const answer = await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId }])
      expect(answer.status).toBe(400)
      expect(await service.roomIds()).toMatchObject({ 'ben@example.com': 'ben' })
    })

    it('repeats the first answer to a call with the same Idempotency-Key, and refuses the key for another', async () => {
      const key = { 'idempotency-key': '"6a3f"' }
      const items = [{ email: 'ben@example.com', systemGenerated: true }]
      const first = await service.refresh(items, key)
      const second = await service.refresh(items, key)
      expect(second.body).toEqual(first.body)
      expect(second.headers['idempotent-replayed']).toBe('true')
      expect((await service.refresh([{ email: 'cyd@example.com', systemGenerated: true }], key)).status).toBe(409)
      expect((await service.refresh(items, { 'idempotency-key': 'x'.repeat(300) })).status).toBe(400)

      const other = await service.addToken({})
      const asOther = await service.refresh(items, { ...key, authorization: `Bearer ${other}` })
      expect(asOther.body).not.toEqual(first.body)
    })

    it('also repeats a refusal for the same key', async () => {
      const key = { 'idempotency-key': 'refused' }
      const items = [{ email: 'cyd@example.com', personalMeetingRoomId: 'ben' }]
      expect((await service.refresh(items, key)).status).toBe(400)
      await service.refresh([{ email: 'ben@example.com', personalMeetingRoomId: 'ben-new' }])
      const again = await service.refresh(items, key)
      expect([again.status, again.body]).toEqual([400, publishedConflict])
    })

    it('is locked for others while one token holds the site', async () => {
      const lock = await service.call('PUT', '/api/sites/example.webex.com/lock', { minutes: 5 })
      expect(lock.status).toBe(200)
      const other = { authorization: `Bearer ${await service.addToken({})}` }
      const items = [{ email: 'ben@example.com', systemGenerated: true }]

      const refused = await service.refresh(items, other)
      expect(refused.status).toBe(423)
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(290)
      expect((await service.call('PUT', '/api/sites/example.webex.com/lock', { minutes: 5 }, other)).status).toBe(423)
      expect((await service.refresh(items)).status).toBe(200)

      await service.call('DELETE', '/api/sites/example.webex.com/lock')
      expect((await service.refresh(items, other)).status).toBe(200)
    })
  })
}
