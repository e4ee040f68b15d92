/** What is done with a rotation: approved, started, paused, gone on with, verified, taken back. */
import type { FastifyRequest } from 'fastify'
import type Type from 'typebox'
import { readSentence, say } from '../../messages/say.ts'
import { previewUndo } from '../../rotations/afterwards/preview-undo.ts'
import { planUndo } from '../../rotations/afterwards/undo.ts'
import { verifyRotation } from '../../rotations/afterwards/verify.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import {
  RotationAnswer,
  type RotationItemAnswer,
  RotationParams,
  UndoPreviewAnswer,
  VerificationAnswer,
} from '../../wire/rotations.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { asReasons } from './refused-reasons.ts'
import { rotationFor } from './requested-rotation.ts'
import { rotationAnswer } from './rotation-answer.ts'
import { keyOf, type RotationRuns } from './rotation-runs.ts'

const startable = { start: 'planned', resume: 'stopped' } as const
/** How many rooms of each kind the preview of an undo names. */
const shownOfUndo = 100
const startedAs = { start: 'rotation.started', resume: 'rotation.resumed' } as const

export function rotationActions({ app, store }: Api, runs: RotationRuns): void {
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
  const answer = async (request: FastifyRequest, site: Site, key: RotationKey) =>
    rotationAnswer({ db: store.db, runs, site, caller: callerOf(request) }, await getRotation(store.db, key))
  const record = (request: FastifyRequest, { site_id }: Site, { rotation }: Rotation, action: string, detail = {}) => {
    const event = { siteId: site_id, action, subject: String(rotation), detail }
    return store.write('recordAuditEvent', { ...actorOf(request), event })
  }

  app.post(
    path('approve'),
    route('Approve a plan as a second administrator, where the site asks for one', RotationAnswer),
    async request => {
      const { site, rotation } = await rotationFor(store, request)
      const key = keyOf(rotation)
      switch (await store.write('approveRotation', { ...key, ...actorOf(request), actSiteId: site.site_id })) {
        case 'samePerson':
          throw refuse(403, say('approveOwn'))
        case 'notPlanned':
          throw refuse(409, say('approveState', { state: runs.stateOf(rotation) }))
        case 'approved':
          return answer(request, site, key)
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
        if (state !== startable[deed]) throw refuse(409, say('otherState', { state }))
        await runs.start(rotation, callerOf(request))
        await record(request, site, rotation, startedAs[deed], { planHash: rotation.plan_hash })
        return answer(request, site, keyOf(rotation))
      },
    )
  }

  app.post(path('pause'), route('Stop a rotation after the batches under way', RotationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    if (!(await runs.stop(keyOf(rotation)))) {
      throw refuse(409, say('runsElsewhere'))
    }
    await record(request, site, rotation, 'rotation.paused')
    return answer(request, site, keyOf(rotation))
  })

  app.post(path('undo'), route('Plan a rotation that gives the old IDs back', RotationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    refuseUnlessStopped(runs.stateOf(rotation))
    const act = { ...actorOf(request), actSiteId: site.site_id }
    const key = await runs.planning.make(callerOf(request), rotation, act, deps => planUndo(keyOf(rotation), deps))
    return answer(request, site, key)
  })

  app.get(path('undo'), route('What taking a rotation back would do', UndoPreviewAnswer), async request => {
    const { rotation } = await rotationFor(store, request)
    refuseUnlessStopped(runs.stateOf(rotation))
    const { back, stay, items } = await runs.readings.read(callerOf(request), rotation, client =>
      previewUndo(keyOf(rotation), { store, client }, shownOfUndo),
    )
    return { back, stay: asReasons(stay), items: items.map(plannedItemAnswer) }
  })

  app.post(path('verify'), route('Read every refreshed room back', VerificationAnswer), async request => {
    const { site, rotation } = await rotationFor(store, request)
    const { changed, notYetVisible, wrongs } = await runs.readings.read(callerOf(request), rotation, client =>
      verifyRotation(keyOf(rotation), { store, client, now: Date.now }),
    )
    await record(request, site, rotation, 'rotation.verified', { changed, notYetVisible, wrongs })
    return { changed, notYetVisible, wrongs }
  })
}

function refuseUnlessStopped(state: Rotation['state']): void {
  if (state !== 'finished' && state !== 'stopped') throw refuse(409, say('undoState', { state }))
}

function plannedItemAnswer({ number, kind, name, email, oldId, newId, reason }: PlannedItem): RotationItemAnswer {
  const said = reason === null ? null : readSentence(reason)
  return { number, name, email, oldId, newId, state: kind === 'left' ? 'left' : 'pending', reason, said }
}
