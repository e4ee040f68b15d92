/** Rehearsals that fail or are given up. */
import { beforeAll, describe, expect, it } from 'vitest'
import { rehearseInThread } from '#roomkey/http/rotations/rehearse-in-thread.js'
import { sandboxTarget } from '#roomkey/http/sandbox-target.js'
import { buildServer } from '#roomkey/http/server.js'
import { planToCopy } from '#roomkey/rotations/rehearsal/copy-plan.js'
import { rehearseWith } from '#roomkey/rotations/rehearsal/rehearse.js'
import { getRotation } from '#roomkey/store/rotations/rotations.js'
import { engines } from '../../support/engines.ts'
import type { TestService } from '../../support/service.ts'
import { rotationService, rotations } from './rotation-service.ts'

describe.each(engines)('rehearsals on %s', engine => {
  const on = rotationService(engine, 40)
  const { plan } = on
  let service: TestService
  let siteId: number
  beforeAll(() => {
    service = on.service()
    siteId = on.siteId()
  })

  it('reports a rehearsal against a target that always fails, and refuses one against a target that never answers', async () => {
    const { number } = await plan()
    const rehearse = (faults: object, speed = 3600) =>
      service.call('POST', `${rotations}/${number}/rehearse`, { faults, speed })
    expect(await rehearse({ serverError: 1 })).toMatchObject({
      status: 200,
      body: {
        end: 'stopped',
        reason: expect.stringContaining('does not respond'),
        counts: { done: 0 },
        verified: { changed: 0, notYetVisible: 0, wrongs: 0 },
      },
    })
    expect(await rehearse({ storm: { everySeconds: 60, forSeconds: 60 } })).toMatchObject({
      status: 400,
      body: { errors: [{ description: expect.stringContaining('never ends') }] },
    })
    expect((await rehearse({ callsPerSecond: 1e-9 })).status).toBe(400)
    await service.call('DELETE', `${rotations}/${number}`)
  })

  it('cancels a rehearsal when its caller hangs up, whatever it waits for', async () => {
    const { number } = await plan()
    const rotation = await getRotation(service.store.db, { siteId, rotation: number })
    const planned = () => planToCopy(service.store.db, rotation)
    const slow = () => ({ faults: { callsPerSecond: 0.01 }, speed: 1, workers: 4, giveUp: AbortSignal.timeout(300) })
    const here = rehearseWith(sandboxTarget(buildServer))
    expect(await here(await planned(), slow())).toMatchObject({ end: { end: 'stopped' } })
    await expect(rehearseInThread(await planned(), slow())).rejects.toMatchObject({ status: 503 })
    await service.call('DELETE', `${rotations}/${number}`)
  })
})
