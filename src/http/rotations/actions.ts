/** What is done with a rotation: approved, started, paused, resumed, verified, undone, rehearsed. */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { isUnplanned, keyOf } from '../../rotations/lifecycle.ts'
import type { RehearsalRequest as Rehearsal } from '../../rotations/rehearsal/rehearse.ts'
import { readHours } from '../../rotations/target/hours.ts'
import type { Stay } from '../../rotations/target/permits.ts'
import { patient } from '../../rotations/target/restraint.ts'
import { approveRotation } from '../../rotations/use-cases/approve.ts'
import { pauseRotation } from '../../rotations/use-cases/pause.ts'
import { rehearseRotation } from '../../rotations/use-cases/rehearse.ts'
import { resumeRotation } from '../../rotations/use-cases/resume.ts'
import { resumePlan } from '../../rotations/use-cases/resume-plan.ts'
import { startRotation } from '../../rotations/use-cases/start.ts'
import { previewRotationUndo, undoRotation } from '../../rotations/use-cases/undo.ts'
import { verifyRotation } from '../../rotations/use-cases/verify.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import {
  RehearsalAnswer,
  RehearsalRequest,
  UndoPreviewAnswer,
  VerifiedAnswer,
  VerifyRequest,
} from '../../wire/rotations/afterwards.ts'
import { RotationAnswer, type RotationItemAnswer, RotationParams, RunRequest } from '../../wire/rotations.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { faultOf } from '../faults/inject-faults.ts'
import { refuse } from '../plumbing/errors.ts'
import { rotationAnswer } from './answer.ts'
import { planWithin } from './plan-request.ts'
import { orThrow } from './refusals.ts'
import { asReasons, reasonOf } from './refused-reasons.ts'
import { rehearseInThread } from './rehearse-in-thread.ts'
import { contextOf, type RotationApi, rotationFor } from './rotation-api.ts'

/** How many rooms of each kind the preview of an undo names. */
const maxRoomsOfPreview = 100
const defaultSpeed = 60

export function rotationActions(api: RotationApi): void {
  const { app, store } = api
  const path = (action: string) => `/api/sites/:siteUrl/rotations/:rotation/${action}`
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
    rotationAnswer(api, { site, caller: callerOf(request) }, await getRotation(store.db, key))

  /** Actions that change the state of a rotation, and answer with it. */
  const changes = {
    approve: ['Approve a plan as a second administrator, where the site asks for one', approveRotation],
    pause: ['Stop a rotation after the batches under way', pauseRotation],
  } as const
  for (const [action, [summary, useCase]] of Object.entries(changes)) {
    app.post(path(action), route(summary, RotationAnswer), async request => {
      const { site, rotation } = await rotationFor(api, request)
      orThrow(await useCase(contextOf(api, request), rotation))
      return answer(request, site, keyOf(rotation))
    })
  }

  const runs = {
    start: ['Start a rotation', startRotation],
    resume: ['Resume a rotation that has stopped, or its planning', resumeRotation],
  } as const
  for (const [action, [summary, begin]] of Object.entries(runs)) {
    const { config, schema } = route(summary, RotationAnswer)
    const body = Type.Union([RunRequest, Type.Null()])
    app.post(path(action), { config, schema: { ...schema, body } }, async request => {
      const { site, rotation } = await rotationFor(api, request)
      const context = contextOf(api, request)
      const stay = stayOf(request.body ?? {})
      if (action === 'resume' && isUnplanned(rotation))
        await planWithin(api, request, site, how => resumePlan(context, rotation, how))
      else orThrow(await begin(context, rotation, { stay }))
      return answer(request, site, keyOf(rotation))
    })
  }

  app.post(path('undo'), route('Plan a rotation that gives the old IDs back', RotationAnswer), async request => {
    const { site, rotation } = await rotationFor(api, request)
    const { key } = await planWithin(api, request, site, options =>
      undoRotation(contextOf(api, request), rotation, options),
    )
    return answer(request, site, key)
  })

  app.get(path('undo'), route('What undoing a rotation would do', UndoPreviewAnswer), async request => {
    const { site, rotation } = await rotationFor(api, request)
    const preview = await api.work.during('readings', callerOf(request), site.url, () =>
      previewRotationUndo(contextOf(api, request), rotation, maxRoomsOfPreview),
    )
    const { back, stay, items } = orThrow(preview)
    return { back, stay: asReasons(stay), items: items.map(plannedItemAnswer) }
  })

  const verification = route('Read refreshed rooms back: all, what a list does not show, or a sample', VerifiedAnswer)
  const verify = { ...verification, schema: { ...verification.schema, body: VerifyRequest } }
  app.post(path('verify'), verify, async request => {
    const { site, rotation } = await rotationFor(api, request)
    const wish = (request.body as VerifyRequest) ?? undefined
    const verified = await api.work.during('readings', callerOf(request), site.url, () =>
      verifyRotation(contextOf(api, request), rotation, { wish }),
    )
    const { wrong: _, unreadable: __, list, ...counts } = orThrow(verified)
    return { ...counts, listVerdict: list?.verdict ?? null }
  })

  const rehearsal = route('Carry a plan out in memory, and say what would happen', RehearsalAnswer)
  app.post(
    path('rehearse'),
    {
      ...rehearsal,
      schema: {
        ...rehearsal.schema,
        description: 'Ends early when the caller no longer waits for the answer.',
        body: Type.Union([RehearsalRequest, Type.Null()]),
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(api, request)
      const { faults = {}, speed = defaultSpeed } = request.body ?? {}
      const fault = faultOf(faults)
      if (fault !== undefined) throw refuse(400, fault)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const how: Rehearsal = { faults, speed, giveUp: gone.signal }
      const rehearsed = await api.work.during('rehearsals', callerOf(request), site.url, () =>
        rehearseRotation(contextOf(api, request), rotation, rehearseInThread, how),
      )
      const { end, minutes, calls, rooms, refused, verified } = orThrow(rehearsed)
      const { wrong: _, unreadable: __, list: ___, ...readBack } = verified
      return {
        end: end.end,
        ...reasonOf(end.end === 'stopped' ? end.reason : null),
        minutes,
        calls,
        counts: rooms,
        refused: asReasons(refused),
        verified: readBack,
      }
    },
  )
}

/** @throws ApiError 400 */
function stayOf({ between, wait = false }: RunRequest): Stay {
  const hours = between === undefined ? null : readHours(between)
  if (hours === undefined) throw refuse(400, message('badHours'))
  return { hours, ...(wait && patient) }
}

function plannedItemAnswer({ number, kind, name, email, oldId, newId, reason }: PlannedItem): RotationItemAnswer {
  return {
    number,
    name,
    email,
    oldId,
    newId,
    currentId: null,
    state: kind === 'left' ? 'left' : 'pending',
    ...reasonOf(reason),
  }
}
