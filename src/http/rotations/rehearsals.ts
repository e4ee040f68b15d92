/** A plan rehearsed by the service: carried out in memory, with what shall go wrong. */
import Type from 'typebox'
import { readSentence, say } from '../../messages/say.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { RehearsalAnswer, RehearsalRequest, RotationParams } from '../../wire/rotations.ts'
import { actorOf } from '../access/actor.ts'
import { adminAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { faultOf } from '../faults/inject-faults.ts'
import { refuse } from '../plumbing/errors.ts'
import { asReasons } from './refused-reasons.ts'
import { rotationFor } from './requested-rotation.ts'
import type { RotationRuns } from './rotation-runs.ts'

const defaultSpeed = 60

export function rehearsals({ app, store }: Api, runs: RotationRuns): void {
  app.post(
    '/api/sites/:siteUrl/rotations/:rotation/rehearse',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Carry a plan out in memory, and say what would happen',
        description: 'Ends early when whoever asked no longer waits for the answer.',
        tags: ['Rotations'],
        params: RotationParams,
        body: Type.Union([RehearsalRequest, Type.Null()]),
        response: { 200: RehearsalAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(store, request)
      if (rotation.plan_hash === null) throw refuse(409, say('planUnfinished'))
      const { faults: script = {}, speed = defaultSpeed } = request.body ?? {}
      const fault = faultOf(script)
      if (fault !== undefined) throw refuse(400, fault)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { end, minutes, calls, rooms, refused, verified } = await runs.rehearse(
        rotation,
        { script, speed },
        gone.signal,
      )
      const subject = String(rotation.rotation)
      const event = { siteId: site.site_id, action: 'rotation.rehearsed', subject, detail: { end: end.end } }
      await store.write('recordAuditEvent', { ...actorOf(request), event })
      const { changed, notYetVisible, wrongs } = verified
      const because = end.end === 'stopped' ? end.because : null
      return {
        end: end.end,
        because,
        becauseSaid: because === null ? null : readSentence(because),
        minutes,
        calls,
        counts: rooms,
        refused: asReasons(refused),
        verified: { changed, notYetVisible, wrongs },
      }
    },
  )
}
