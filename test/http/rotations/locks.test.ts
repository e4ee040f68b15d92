/** A rotation while its site is locked, or after the token that started it has ended. */
import { beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../../support/engines.ts'
import { siteUrl, type TestService } from '../../support/service.ts'
import { everyone, rotationService, rotations } from './rotation-service.ts'

const people = 250

describe.each(engines)('a rotation and locks on %s', engine => {
  const on = rotationService(engine, people)
  const { as, plan, follow, runToTheEnd } = on
  let service: TestService
  beforeAll(() => {
    service = on.service()
  })

  it('runs under the lock of the administrator who started it, and waits while another holds one', async () => {
    const lock = `/api/sites/${siteUrl}/lock`
    const { number } = await plan()
    expect((await service.call('PUT', lock, { minutes: 5 })).status).toBe(200)
    await runToTheEnd(number)
    await service.call('DELETE', lock)

    const second = await plan()
    const other = await service.addToken({})
    await service.call('PUT', lock, { minutes: 5 }, as(other))
    expect((await service.call('POST', `${rotations}/${second.number}/start`)).status).toBe(200)
    const read = async () => (await service.call('GET', `${rotations}/${second.number}`)).body
    while ((await read()).waitingUntil === null) await new Promise(done => setTimeout(done, 50))
    const paused = await service.call('POST', `${rotations}/${second.number}/pause`)
    expect(paused.body).toMatchObject({ state: 'stopped', counts: { done: 0, refused: 0 } })
    await service.call('DELETE', lock, undefined, as(other))
    await service.call('POST', `${rotations}/${second.number}/resume`)
    expect((await follow(second.number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it("is paused immediately while another's lock keeps several batches waiting", async () => {
    const lock = `/api/sites/${siteUrl}/lock`
    const { number } = await plan({ ...everyone, canary: 0, freeze: true })
    const other = await service.addToken({})
    await service.call('PUT', lock, { minutes: 50 }, as(other))
    await service.call('POST', `${rotations}/${number}/start`)
    const read = async () => (await service.call('GET', `${rotations}/${number}`)).body
    while ((await read()).waitingUntil === null) await new Promise(done => setTimeout(done, 50))
    // Long enough for every worker to have taken a batch.
    await new Promise(done => setTimeout(done, 300))
    const { body } = await service.call('POST', `${rotations}/${number}/pause`)
    expect(body).toMatchObject({ state: 'stopped', counts: { done: 0, refused: 0, sent: 0, unsure: 0 } })
    const settings = `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`
    expect((await service.call('GET', settings)).body.siteOptions.allowCustomPersonalRoomURL).toBe(true)
    await service.call('DELETE', lock, undefined, as(other))
    await service.call('POST', `${rotations}/${number}/resume`)
    expect((await follow(number)).at(-1)!.data).toMatchObject({ state: 'finished', counts: { done: people } })
  })

  it('stops when the token of the administrator who started it ends', async () => {
    const theirs = await service.addToken({})
    const { number } = await plan({ ...everyone, freeze: false })
    const session = await service.call('GET', '/api/session', undefined, as(theirs))
    await service.call('POST', `${rotations}/${number}/start`, undefined, as(theirs))
    await service.call('DELETE', `/api/tokens/${session.body.tokenId}`)
    const end = (await follow(number)).at(-1)!.data
    expect(end.state).toBe('stopped')
    expect(end.stopReason).toMatch(/token of the administrator who started this has expired or was revoked/)
    await service.call('POST', `${rotations}/${number}/resume`)
    expect((await follow(number)).at(-1)!.data.state).toBe('finished')
  })
})
