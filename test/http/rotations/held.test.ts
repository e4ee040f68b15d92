/** Rooms of Roomkey's own that were changed since a plan was made: held, shown everywhere, and left alone by the undo. */
import { describe, expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { siteUrl } from '../../support/service.ts'
import { everyone, rotationService, rotations } from './rotation-service.ts'

const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId'

describe.each(engines)('a room that was changed after the plan, on %s', engine => {
  const { service, plan, runToTheEnd } = rotationService(engine, 12)
  const choose = async (email: string, personalMeetingRoomId: string) => {
    const body = { siteUrl, personalMeetingRoomIds: [{ email, personalMeetingRoomId }] }
    expect((await service().call('POST', refresh, body)).status).toBe(200)
  }

  it('is held, in counts, items, report and undo', async () => {
    const { number, freshSeconds, overwriteChanged } = await plan({ ...everyone, freshSeconds: 0 })
    expect([freshSeconds, overwriteChanged]).toEqual([0, false])
    await choose('host3@example.com', 'chosen.by.host')
    const end = await runToTheEnd(number)
    expect(end.counts).toMatchObject({ done: 11, held: 1, refused: 0, pending: 0 })
    expect(end.held).toMatchObject([{ count: 1, message: { code: 'heldChanged' } }])
    const items = await service().call('GET', `${rotations}/${number}/items?state=held`)
    expect(items.body.items).toMatchObject([
      { email: 'host3@example.com', oldId: 'host3', newId: 'chosen.by.host', message: { code: 'heldChanged' } },
    ])
    const csv: string = (await service().call('GET', `${rotations}/${number}/files/report.csv`)).body
    expect(csv.split('\n').filter(line => line.includes('held'))).toEqual([
      expect.stringMatching(/^host3@example\.com,.*,held,.*\/meet\/host3,.*\/meet\/chosen\.by\.host,/),
    ])
    expect((await service().call('POST', `${rotations}/${number}/verify`)).body).toMatchObject({
      changed: 11,
      wrongs: 0,
    })

    const undo = await service().call('POST', `${rotations}/${number}/undo`)
    expect(undo.body.counts).toMatchObject({ pending: 11 })
    await runToTheEnd(undo.body.number)
    expect(await service().roomIds()).toMatchObject({
      'host2@example.com': 'host2',
      'host3@example.com': 'chosen.by.host',
    })
  })

  it('is changed with overwriteChanged, and gets back what it had just before', async () => {
    const { number } = await plan({ ...everyone, freshSeconds: 0, overwriteChanged: true })
    await choose('host4@example.com', 'chosen.late')
    const end = await runToTheEnd(number)
    expect(end.counts).toMatchObject({ done: 12, held: 0 })
    const undo = await service().call('POST', `${rotations}/${number}/undo`)
    await runToTheEnd(undo.body.number)
    expect(await service().roomIds()).toMatchObject({ 'host4@example.com': 'chosen.late' })
  })
})
