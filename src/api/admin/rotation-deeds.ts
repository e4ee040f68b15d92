/** What is done with a rotation: approved, started, paused, gone on with, verified, taken back. */
import type { FastifyRequest } from 'fastify'
import type Type from 'typebox'
import { planUndo } from '../../rotation/undo.ts'
import { verifyRotation } from '../../rotation/verify.ts'
import type { RotationKey } from '../../store/rotation-journal.ts'
import { getRotation, type Rotation } from '../../store/rotations.ts'
import type { Site } from '../../store/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { RehearsalAnswer, RotationAnswer, RotationParams, VerificationAnswer } from '../../wire/rotations.ts'
import { callerOf } from '../auth.ts'
import { refuse } from '../errors.ts'
import { originOf } from '../origin.ts'
import { rotationAnswer } from '../rotation-answer.ts'
import { rotationFor } from '../rotation-for.ts'
import { keyOf, type RotationRuns } from '../rotation-runs.ts'
import { adminAccess } from '../scopes.ts'
import type { Api } from '../server.ts'

const startable = { start: 'planned', resume: 'stopped' } as const
const startedAs = { start: 'rotation.started', resume: 'rotation.resumed' } as const

export function rotationDeeds({ app, store }: Api, runs: RotationRuns): void {
  const path = (deed: string) => `/api/sites/:siteUrl/rotations/:rotation/${deed}`
  const route = <Answer extends Type.TSchema>(summary: string, answer: Answer) => ({
    config: { access: adminAccess },
    schema: {
      summary,
      tags: ['Rotations'],
      params: RotationParams,
      response: { 200: answer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
    },
  })
  const answer = async (site: Site, key: RotationKey) =>
    rotationAnswer(store.db, runs, site, await getRotation(store.db, key))
  const record = (request: FastifyRequest, { site_id }: Site, { rotation }: Rotation, action: string, detail = {}) => {
    const act = { siteId: site_id, action, subject: String(rotation), detail }
    return store.write('writeDownAct', { ...originOf(request), act })
  }

  app.post(
    path('approve'),
    route('Approve a plan as a second administrator, where the site asks for one', RotationAnswer),
    async request => {
      const { site, rotation } = await rotationFor(store, request)
      const key = keyOf(rotation)
      switch (await store.write('approveRotation', { ...key, ...originOf(request), actSiteId: site.site_id })) {
        case 'samePerson':
          throw refuse(403, 'Whoever planned a rotation cannot approve it; ask a second administrator.')
        case 'notPlanned':
          throw refuse(409, `The rotation is ${runs.stateOf(rotation)}; only a plan can be approved.`)
        case 'approved':
          return answer(site, key)
      }
    },
  )

  for (const deed of ['start', 'resume'] as const) {
    app.post(
      path(deed),
      route(deed === 'start' ? 'Start a rotation' : 'Go on with a stopped rotation', RotationAnswer),
      async request => {
        const { site, rotation } = await rotationFor(store, request)
        const state = runs.stateOf(rotation)
        if (state !== startable[deed]) throw refuse(409, `The rotation is ${state}; look at it again.`)
        await runs.start(rotation, callerOf(request))
        await record(request, site, rotation, startedAs[deed], { planHash: rotation.plan_hash })
        return answer(site, keyOf(rotation))
      },
    )
  }

  app.post(path('pause'), route('Stop a rotation after the batches under way', RotationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    if (!(await runs.stop(keyOf(rotation)))) {
      throw refuse(409, 'The rotation is not run by this service; stop it where it was started.')
    }
    await record(request, site, rotation, 'rotation.paused')
    return answer(site, keyOf(rotation))
  })

  app.post(path('undo'), route('Plan a rotation that gives the old IDs back', RotationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    const state = runs.stateOf(rotation)
    if (state !== 'finished' && state !== 'stopped') {
      throw refuse(409, `The rotation is ${state}; it can be taken back once it has stopped.`)
    }
    const act = { ...originOf(request), actSiteId: site.site_id }
    const key = await runs.planning.make(callerOf(request), rotation, act, deps => planUndo(keyOf(rotation), deps))
    return answer(site, key)
  })

  app.post(
    path('rehearse'),
    route('Carry a plan out in memory, and say what would happen', RehearsalAnswer),
    async request => {
      const { site, rotation } = await rotationFor(store, request)
      if (rotation.plan_hash === null) throw refuse(409, 'The plan is not made yet; wait for it.')
      const { end, minutes, calls, rooms, refused, verified } = await runs.rehearse(rotation)
      await record(request, site, rotation, 'rotation.rehearsed', { end: end.end })
      const { changed, notYetVisible, wrongs } = verified
      return {
        end: end.end,
        because: end.end === 'stopped' ? end.because : null,
        minutes,
        calls,
        counts: rooms,
        refused,
        verified: { changed, notYetVisible, wrongs },
      }
    },
  )

  app.post(path('verify'), route('Read every refreshed room back', VerificationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    const { changed, notYetVisible, wrongs } = await runs.readings.read(callerOf(request), rotation, client =>
      verifyRotation(keyOf(rotation), { store, client, now: Date.now }),
    )
    await record(request, site, rotation, 'rotation.verified', { changed, notYetVisible, wrongs })
    return { changed, notYetVisible, wrongs }
  })
}
