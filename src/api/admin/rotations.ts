/** Rotations of a site: planned, listed, and line by line. What is done with one is in rotation-deeds.ts. */
import Type from 'typebox'
import { makePlan } from '../../rotation/make-plan.ts'
import { profiles } from '../../rotation/profile.ts'
import { drawSecurely } from '../../store/draw.ts'
import { findRotation, listItems, rotationsOfSite } from '../../store/rotation-lists.ts'
import { getRotation, type Rotation, type RotationItem } from '../../store/rotations.ts'
import type { Store } from '../../store/store.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { NewRotationRequest, RotationAnswer, RotationItemAnswer, RotationParams } from '../../wire/rotations.ts'
import { SiteParams } from '../../wire/sites.ts'
import { type Caller, callerOf } from '../auth.ts'
import { refuse } from '../errors.ts'
import { Cursor, countParameter, linkNext, readCount, readCursor, writeCursor } from '../paging.ts'
import { rotationAnswer } from '../rotation-answer.ts'
import type { RotationRuns } from '../rotation-runs.ts'
import { questionsOf, readIds, readPeople } from '../rotation-wish.ts'
import { adminAccess } from '../scopes.ts'
import type { Api } from '../server.ts'
import { siteFor } from '../site-access.ts'

const defaultPage = 100
const largestPage = 1000
/** A list of half a million people. */
const largestList = 64 * 2 ** 20

const page = {
  max: Type.Optional(countParameter('How many at most, up to 1000; 100 where it is left out.')),
  cursor: Type.Optional(Cursor),
}
const itemStates = ['pending', 'sent', 'unsure', 'done', 'refused', 'left'] as const

export function rotations({ app, store }: Api, runs: RotationRuns): void {
  app.get(
    '/api/sites/:siteUrl/rotations',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the rotations of a site, the newest first',
        tags: ['Rotations'],
        params: SiteParams,
        querystring: Type.Object(page, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(RotationAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const limit = readCount(request.query.max, defaultPage, largestPage)
      const before = readCursor(request.query.cursor, ['number'])?.[0] ?? null
      const found = await rotationsOfSite(store.db, site.site_id, before, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.rotation]))
      return { items: await Promise.all(found.slice(0, limit).map(row => rotationAnswer(store.db, runs, row))) }
    },
  )

  app.post(
    '/api/sites/:siteUrl/rotations',
    {
      bodyLimit: largestList,
      config: { access: adminAccess },
      schema: {
        summary: 'Plan a rotation',
        description: 'Reads every room and changes nothing. Answers when the plan is made.',
        tags: ['Rotations'],
        params: SiteParams,
        body: NewRotationRequest,
        response: { 201: RotationAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      const { people, ids, canary, freeze } = request.body
      const choice = readPeople(people)
      const source = readIds(ids, choice)
      const questions = await questionsOf(store.db, site.url, choice)
      const target = `${request.protocol}://${request.host || 'localhost'}/v1`
      const wish = { siteUrl: site.url, target, profile: profiles.roomkey, choice, source, canary, freeze }
      const { key, warnings } = await runs.asCaller(caller, { rotation: 0 }, client =>
        makePlan(wish, { store, client, draw: drawSecurely, questions, now: Date.now }),
      )
      return reply.code(201).send(await rotationAnswer(store.db, runs, await getRotation(store.db, key), warnings))
    },
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Get a rotation',
        tags: ['Rotations'],
        params: RotationParams,
        response: { 200: RotationAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => rotationAnswer(store.db, runs, await rotationFor(store, callerOf(request), request.params)),
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/items',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'The lines of a plan: who, from which ID to which, and what became of it',
        tags: ['Rotations'],
        params: RotationParams,
        querystring: Type.Object(
          { state: Type.Optional(Type.Enum([...itemStates], { description: 'Only these.' })), ...page },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(RotationItemAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { site_id: siteId, rotation } = await rotationFor(store, callerOf(request), request.params)
      const { state = null, max, cursor } = request.query
      const limit = readCount(max, defaultPage, largestPage)
      const after = readCursor(cursor, ['number'])?.[0] ?? 0
      const found = await listItems(store.db, { siteId, rotation }, state, after, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.number]))
      return { items: found.slice(0, limit).map(asItem) }
    },
  )
}

/** The rotation that a call names. @throws ApiError 403 or 404 where there is none for this caller. */
export async function rotationFor(
  store: Store,
  caller: Caller,
  { siteUrl, rotation: number }: { siteUrl: string; rotation: string },
): Promise<Rotation> {
  const site = await siteFor(store.db, caller, siteUrl)
  const found = await findRotation(store.db, { siteId: site.site_id, rotation: Number(number) })
  if (found === undefined) throw refuse(404, 'There is no such rotation on this site.')
  return found
}

function asItem({ number, name, email, old_id, new_id, settled_id, state, reason }: RotationItem): RotationItemAnswer {
  return { number, name, email, oldId: old_id, newId: settled_id ?? new_id, state, reason }
}
