/**
 * The data of the rotation page: who may approve it, what a rehearsal finds, what an undo would do, and message codes.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { type Answer, siteUrl, startService, type TestService } from '../support/service.ts'

const rotations = `/api/sites/${siteUrl}/rotations`
const everyone = {
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 5,
  freeze: false,
}
const people = 150

describe.each(engines)('the page of a rotation on %s', engine => {
  let service: TestService

  beforeEach(async () => {
    service = await startService(engine)
    const siteId = await service.addSite()
    const hosts = Array.from({ length: people }, (_, number) => ({ email: `host${number}@example.com` }))
    await service.addPeople(siteId, [...hosts, { email: 'pinned@example.com', pinned: true }])
  })
  afterEach(() => service.close())

  const as = (token: string) => ({ authorization: `Bearer ${token}` })

  async function follow(number: number): Promise<{ event: string; data: Answer['body'] }[]> {
    const { body } = await service.call('GET', `${rotations}/${number}/events`)
    return [...(body as string).matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(([, event = '', data = '']) => ({
      event,
      data: JSON.parse(data),
    }))
  }

  it('names who planned it and who approved it, and tells the planner apart', async () => {
    const second = await service.addToken({ email: 'bob@example.com' })
    await service.call('PATCH', `/api/sites/${siteUrl}`, { needsApproval: true })
    const { body } = await service.call('POST', rotations, everyone)
    expect(body).toMatchObject({ approval: 'needed', plannedBy: 'test', plannedByYou: true, approvedBy: null })
    const seen = await service.call('GET', `${rotations}/1`, undefined, as(second))
    expect(seen.body).toMatchObject({ plannedByYou: false })
    const approved = await service.call('POST', `${rotations}/1/approve`, undefined, as(second))
    expect(approved.body).toMatchObject({ approval: 'given', approvedBy: 'test' })
    expect(approved.body.approvedAt).not.toBeNull()
  })

  it('rehearses with faults and limits, and refuses an invalid script', async () => {
    await service.call('POST', rotations, everyone)
    const before = await service.roomIds()
    const faults = { seed: 3, serverError: 0.2, dropAfterCommit: 0.3, callsPerSecond: 2 }
    const { status, body } = await service.call('POST', `${rotations}/1/rehearse`, { faults, speed: 600 })
    expect([status, body.end, body.reason, body.message]).toEqual([200, 'finished', null, null])
    expect(body.counts).toMatchObject({ done: people, refused: 0 })
    expect(body.verified).toEqual({
      changed: people,
      notYetVisible: 0,
      unread: 0,
      wrongs: 0,
      changedSince: [],
      goneOnSince: null,
      listed: 0,
      mayBeWrong: 0,
      notRead: 0,
      open: 0,
      tellableAt: null,
    })
    expect(body.minutes).toBeGreaterThan(0)
    expect(await service.roomIds()).toEqual(before)
    for (const wrong of [{ faults: { serverError: 2 } }, { faults: { colour: 1 } }, { speed: 0 }]) {
      expect((await service.call('POST', `${rotations}/1/rehearse`, wrong)).status).toBe(400)
    }
  })

  it('shows what an undo would do before it is planned, and plans just that', async () => {
    await service.call('POST', rotations, everyone)
    expect((await service.call('GET', `${rotations}/1/undo`)).status).toBe(409)
    await service.call('POST', `${rotations}/1/start`)
    await follow(1)
    // One host has chosen another ID since, and one has another's old one: its quarantine is over.
    await service.call('PATCH', `/api/sites/${siteUrl}`, { quarantineDays: 0 })
    await service.refresh([
      { email: 'host1@example.com', personalMeetingRoomId: 'mine' },
      { email: 'host2@example.com', personalMeetingRoomId: 'host3' },
    ])
    const { status, body } = await service.call('GET', `${rotations}/1/undo`)
    expect([status, body.back]).toEqual([200, people - 3])
    expect(body.stay.map(({ count, message }: Answer['body']) => [message.code, count])).toEqual([
      ['undoChangedSince', 2],
      ['leftIdRetained', 1],
    ])
    // Of the first hundred that could go back, one clashes.
    expect(body.items).toHaveLength(99 + 3)
    expect(body.items[0]).toMatchObject({ email: 'host0@example.com', newId: 'host0', state: 'pending' })
    expect((await service.call('GET', rotations)).body.items).toHaveLength(1)

    const { body: plan } = await service.call('POST', `${rotations}/1/undo`)
    expect(plan.counts).toMatchObject({ pending: people - 3, left: 3 })
    const codes = plan.left.map(({ message }: Answer['body']) => message.code)
    expect(new Set(codes)).toEqual(new Set(['undoChangedSince', 'leftIdRetained']))
  })

  it('reports batches and reasons while it runs, with the codes of its messages', async () => {
    const rows = Array.from({ length: 60 }, (_, number) => `host${number}@example.com,new-${number}`).join('\n')
    const csv = `email,personalMeetingRoomId\n${rows}\nhost60@example.com,123\nhost61@example.com,456\n`
    const listed = { who: 'listed', name: 'list.csv', csv }
    const { body } = await service.call('POST', rotations, { ...everyone, people: listed, ids: { kind: 'csv' } })
    expect(body.choiceMessage).toEqual({ code: 'choiceListed', params: { count: 62, file: 'list.csv' } })
    expect(body.left.find(({ message }: Answer['body']) => message.code === 'idNoLetter')).toMatchObject({ count: 2 })
    const left = await service.call('GET', `${rotations}/1/items?state=left&max=1000`)
    const wrong = left.body.items.find(({ email }: { email: string }) => email === 'host60@example.com')
    expect(wrong.message).toMatchObject({ code: 'leftInvalidId', params: { id: '123', fault: { code: 'idNoLetter' } } })

    // Somebody takes one of the IDs between the plan and the run.
    await service.refresh([{ email: 'host100@example.com', personalMeetingRoomId: 'new-20' }])
    await service.call('POST', `${rotations}/1/start`)
    const events = await follow(1)
    const end = events.at(-1)!.data
    expect(end).toMatchObject({ state: 'finished', counts: { done: 59, refused: 1 } })
    expect(end.refused).toMatchObject([{ count: 1, message: { code: 'idTaken' } }])
    for (const { data } of events.slice(0, -1)) expect(data).toMatchObject({ batches: expect.any(Number) })
  })

  it('gives the code of a refusal to callers that ask for problem+json', async () => {
    const problem = { accept: 'application/problem+json' }
    const none = await service.call('GET', `${rotations}/9`, undefined, problem)
    expect(none.body.errors[0]).toMatchObject({ message: { code: 'noRotation', params: {} } })
    const plain = await service.call('GET', `${rotations}/9`)
    expect(plain.body.errors).toEqual([{ description: 'There is no such rotation on this site.' }])
  })
})
