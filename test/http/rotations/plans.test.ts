/** Plans: of lists, with warnings, abandoned and discarded. */
import { hostname } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import { processSpace } from '#roomkey/files/process-space.js'
import { buildServer } from '#roomkey/http/server.js'
import { message } from '#roomkey/messages/message.js'
import { engines } from '../../support/engines.ts'
import { siteUrl, type TestService } from '../../support/service.ts'
import { everyone, rotationService, rotations } from './rotation-service.ts'

const people = 40

describe.each(engines)('plans on %s', engine => {
  const on = rotationService(engine, people)
  const { as, plan, follow, runToTheEnd } = on
  let service: TestService
  beforeAll(() => {
    service = on.service()
  })

  it('shows a plan whose process died as failed, lets it be discarded, and deletes it by itself', async () => {
    const day = 24 * 60 * 60 * 1000
    const die = (owner: string, now: number) =>
      service.store.write('createRotation', {
        siteUrl,
        target: 'http://127.0.0.1/v1',
        profile: 'roomkey',
        source: JSON.stringify({ kind: 'system' }),
        choice: message('choiceEveryone'),
        undoOf: null,
        canary: 0,
        freeze: false,
        owner,
        now,
      })
    const gone = await die(`${hostname()}:${2 ** 22 + 1}:${processSpace}:1`, Date.now())
    const ours = await die(`${hostname()}:${process.pid}:${processSpace}:1`, Date.now())
    const elsewhere = await die('elsewhere:1:0123456789ab:1', Date.now())
    // Containers may share a hostname, and their first process is always 1.
    const twins = await Promise.all(
      [2 ** 22 + 1, process.pid].map(pid => die(`${hostname()}:${pid}:0123456789ab:1`, Date.now())),
    )
    const silent = await die('elsewhere:1', Date.now() - 2 * 60 * 60 * 1000)
    const shown = async ({ rotation }: { rotation: number }) =>
      (await service.call('GET', `${rotations}/${rotation}`)).body
    for (const key of [gone, ours, silent]) {
      expect(await shown(key)).toMatchObject({
        state: 'failed',
        stopReason: expect.stringMatching(/plan it again/),
      })
      expect((await follow(key.rotation)).map(({ event }) => event)).toEqual(['end'])
    }
    for (const key of [elsewhere, ...twins]) expect(await shown(key)).toMatchObject({ state: 'planning' })
    expect((await service.call('DELETE', `${rotations}/${elsewhere.rotation}`)).status).toBe(409)

    // It stands in nobody's way.
    const { number } = await plan()
    await runToTheEnd(number)
    expect((await service.call('DELETE', `${rotations}/${gone.rotation}`)).status).toBe(204)
    const old = await die('elsewhere:1', Date.now() - 3 * day)
    await service.store.write('addItems', {
      ...old,
      owner: 'elsewhere:1',
      items: [{ number: 1, kind: 'move', personId: 'p', email: 'a@b', name: '', oldId: 'a', newId: 'b', reason: null }],
      now: Date.now() - 3 * day,
    })
    await plan()
    expect((await service.call('GET', `${rotations}/${old.rotation}`)).status).toBe(404)
    expect(await shown(silent)).toMatchObject({ state: 'failed' })
    const items = service.store.db.selectFrom('rotation_item').select('number').where('rotation', '=', old.rotation)
    expect(await items.execute()).toEqual([])
  })

  it('says that a plan is gone if somebody discards it while others start or approve it', async () => {
    const one = { who: 'listed', name: 'one.csv', csv: 'email\nhost1@example.com\n' }
    for (let round = 0; round < 8; round += 1) {
      const { number } = await plan({ ...everyone, people: one })
      const calls = ['approve', 'start', 'approve'].map(deed => service.call('POST', `${rotations}/${number}/${deed}`))
      const answers = await Promise.all([...calls, service.call('DELETE', `${rotations}/${number}`)])
      const thrown = answers.at(-1)!
      expect(answers.filter(({ status }) => ![200, 204, 403, 404, 409].includes(status))).toEqual([])
      if (thrown.status === 409) await follow(number)
      else expect((await service.call('GET', `${rotations}/${number}`)).status).toBe(404)
    }
  })

  it('plans the people of a list, and says what is wrong with an invalid one', async () => {
    const csv = 'email,personalMeetingRoomId\nHOST1@example.com,a-new-room-for-1\nnobody@example.com,another\n'
    const listed = { ...everyone, people: { who: 'listed', name: 'some.csv', csv }, ids: { kind: 'csv' } }
    const unmatched = await service.call('POST', rotations, listed)
    expect(unmatched.status).toBe(400)
    expect(JSON.stringify(unmatched.body)).toContain('nobody@example.com (line 3)')
    const { number, counts, left, list } = await plan({ ...listed, allowUnmatched: true })
    expect(list).toEqual({
      file: 'some.csv',
      encoding: 'utf-8',
      separator: ',',
      columns: { email: ['email'], personalMeetingRoomId: ['personalMeetingRoomId'] },
      notUsed: [],
      aboveHeader: [],
      notes: [],
    })
    expect(counts).toMatchObject({ pending: 1, left: people })
    expect(left).toContainEqual({
      reason: 'Nobody on this site has this address.',
      message: { code: 'leftUnknownPerson', params: {} },
      count: 1,
    })
    await service.call('DELETE', `${rotations}/${number}`)
    const items = service.store.db.selectFrom('rotation_item').select('number').where('rotation', '=', number)
    expect(await items.execute()).toEqual([])
    for (const wrong of ['colour\nred\n', 'email\na@b.c\nA@b.c\n', '', 'email\n"a@b.c\n']) {
      const answer = await service.call('POST', rotations, { ...listed, people: { ...listed.people, csv: wrong } })
      expect(answer.status).toBe(400)
    }
  })

  it('keeps the warnings from planning, for anybody who looks later', async () => {
    const guessable = { ...everyone, ids: { kind: 'random', prefix: '', bits: 20 } }
    const { number, warnings } = await plan(guessable)
    expect(warnings).toEqual([expect.stringMatching(/^The new IDs have \d\d bits/)])
    const another = await buildServer({ store: service.store, rateLimit: null })
    const headers = as(service.token)
    expect((await another.inject({ url: `${rotations}/${number}`, headers })).json().warnings).toEqual(warnings)
    expect((await another.inject({ url: rotations, headers })).json().items[0].warnings).toEqual(warnings)
    await another.close()
    await service.call('DELETE', `${rotations}/${number}`)
  })
})
