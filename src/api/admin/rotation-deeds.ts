/** What is done with a rotation: started, paused, gone on with, verified, taken back. */
import type Type from 'typebox'
import { planUndo } from '../../rotation/undo.ts'
import { verifyRotation } from '../../rotation/verify.ts'
import { drawSecurely } from '../../store/draw.ts'
import type { RotationKey } from '../../store/rotation-journal.ts'
import { getRotation, type Rotation } from '../../store/rotations.ts'
import { StoreError } from '../../store/store-error.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { RotationAnswer, RotationParams, VerificationAnswer } from '../../wire/rotations.ts'
import { callerOf } from '../auth.ts'
import { refuse } from '../errors.ts'
import { rotationAnswer } from '../rotation-answer.ts'
import type { RotationRuns } from '../rotation-runs.ts'
import { adminAccess } from '../scopes.ts'
import type { Api } from '../server.ts'
import { rotationFor } from './rotations.ts'

const startable: Record<'start' | 'resume', Rotation['state']> = { start: 'planned', resume: 'stopped' }

export function rotationDeeds({ app, store }: Api, runs: RotationRuns): void {
  const route = <Answer extends Type.TSchema>(summary: string, answer: Answer) => ({
    config: { access: adminAccess },
    schema: {
      summary,
      tags: ['Rotations'],
      params: RotationParams,
      response: { 200: answer, '4xx': ErrorAnswer },
    },
  })

  for (const deed of ['start', 'resume'] as const) {
    app.post(
      `/api/sites/:siteUrl/rotations/:rotation/${deed}`,
      route(deed === 'start' ? 'Start a rotation' : 'Go on with a stopped rotation', RotationAnswer),
      async request => {
        const caller = callerOf(request)
        const rotation = await rotationFor(store, caller, request.params)
        if (rotation.state !== startable[deed])
          throw refuse(409, `The rotation is ${rotation.state}; look at it again.`)
        await runs.start(rotation, caller).catch((error: Error) => {
          throw error instanceof StoreError ? refuse(409, error.message) : error
        })
        return rotationAnswer(store.db, runs, await getRotation(store.db, keyOf(rotation)))
      },
    )
  }

  app.post(
    '/api/sites/:siteUrl/rotations/:rotation/pause',
    route('Pause a rotation after the batches under way', RotationAnswer),
    async request => {
      const rotation = await rotationFor(store, callerOf(request), request.params)
      if (!(await runs.stop(keyOf(rotation)))) {
        throw refuse(409, 'The rotation is not run by this service; pause it where it was started.')
      }
      return rotationAnswer(store.db, runs, await getRotation(store.db, keyOf(rotation)))
    },
  )

  app.post(
    '/api/sites/:siteUrl/rotations/:rotation/undo',
    route('Plan a rotation that gives the old IDs back', RotationAnswer),
    async request => {
      const caller = callerOf(request)
      const rotation = await rotationFor(store, caller, request.params)
      if (rotation.state === 'running') throw refuse(409, 'The rotation is running; pause it before it is taken back.')
      const { key, warnings } = await runs.asCaller(caller, rotation, client =>
        planUndo(keyOf(rotation), { store, client, draw: drawSecurely, now: Date.now }),
      )
      return rotationAnswer(store.db, runs, await getRotation(store.db, key), warnings)
    },
  )

  app.post(
    '/api/sites/:siteUrl/rotations/:rotation/verify',
    route('Read every refreshed room back', VerificationAnswer),
    async request => {
      const caller = callerOf(request)
      const rotation = await rotationFor(store, caller, request.params)
      const { changed, notYetVisible, wrongs } = await runs.asCaller(caller, rotation, client =>
        verifyRotation(keyOf(rotation), { store, client, now: Date.now }),
      )
      return { changed, notYetVisible, wrongs }
    },
  )
}

function keyOf({ site_id, rotation }: Rotation): RotationKey {
  return { siteId: site_id, rotation }
}
