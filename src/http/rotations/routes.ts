/** Rotations of a site: planned, listed, discarded, and line by line. What else is done with one is in actions.ts. */
import Type from 'typebox'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { IdSource } from '../../rotations/planning/new-ids.ts'
import { discardRotation } from '../../rotations/use-cases/discard.ts'
import { planRotation } from '../../rotations/use-cases/plan.ts'
import { listItems, rotationsOfSite } from '../../store/rotations/lists.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import { fromStoredOrNull } from '../../store/stored-message.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import {
  NewRotationRequest,
  PlannedAnswer,
  RotationAnswer,
  RotationItemAnswer,
  RotationParams,
} from '../../wire/rotations.ts'
import { SiteParams } from '../../wire/sites.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { rotationAnswer } from './answer.ts'
import { planWithin, readPeople } from './plan-request.ts'
import { orThrow } from './refusals.ts'
import { reasonOf } from './refused-reasons.ts'
import { contextOf, type RotationApi, rotationFor } from './rotation-api.ts'

/** A list of half a million people. */
const maxListBytes = 64 * 2 ** 20

const itemStates = ['pending', 'sent', 'unsure', 'done', 'refused', 'left'] as const

export function rotations(api: RotationApi): void {
  const { app, store } = api
  app.get(
    '/api/sites/:siteUrl/rotations',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the rotations of a site, the newest first',
        tags: ['Rotations'],
        params: SiteParams,
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(RotationAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      const limit = readPageSize(request.query.max)
      const before = readCursor(request.query.cursor, ['number'])?.[0] ?? null
      const siteId = await findRotatedSite(store.db, site.url)
      const found = siteId === undefined ? [] : await rotationsOfSite(store.db, siteId, before, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.rotation]))
      const items: RotationAnswer[] = []
      for (const row of found.slice(0, limit)) {
        items.push(await rotationAnswer(api, { site, caller }, row))
      }
      return { items }
    },
  )

  app.post(
    '/api/sites/:siteUrl/rotations',
    {
      bodyLimit: maxListBytes,
      config: { access: adminAccess },
      schema: {
        summary: 'Plan a rotation',
        description:
          'Reads every room and changes nothing. A plan that takes longer than a few seconds is answered while it is still `planning`; on Webex, where each room is read on its own, most do.',
        tags: ['Rotations'],
        params: SiteParams,
        body: NewRotationRequest,
        response: { 201: PlannedAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      const { target = 'self', people, ids, canary, freeze, allowUnmatched = false } = request.body
      const source = ids as IdSource
      const chosen = orThrow(api.routes.choose(target))
      const { choice, list } = await readPeople(people, site.url)
      const wanted = { ...chosen, choice, source, canary, freeze }
      const scope = { siteUrl: site.url, retained: null, allowUnmatched, pinnedToo: false }
      const { key } = await planWithin(api, request, site, options =>
        planRotation(contextOf(api, request), { ...wanted, ...scope }, options),
      )
      const planned = await getRotation(store.db, key)
      return reply.code(201).send({ ...(await rotationAnswer(api, { site, caller }, planned)), list })
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
    async request => {
      const { site, rotation } = await rotationFor(api, request)
      return rotationAnswer(api, { site, caller: callerOf(request) }, rotation)
    },
  )

  app.delete(
    '/api/sites/:siteUrl/rotations/:rotation',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Discard a plan that was never started',
        tags: ['Rotations'],
        params: RotationParams,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(api, request)
      orThrow(await discardRotation(contextOf(api, request), rotation))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/items',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'The lines of a plan: who, from which ID to which, and the outcome',
        tags: ['Rotations'],
        params: RotationParams,
        querystring: Type.Object(
          { state: Type.Optional(Type.Enum([...itemStates], { description: 'Only these.' })), ...pageQuery },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(RotationItemAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(api, request)
      const { state = null, max, cursor } = request.query
      const limit = readPageSize(max)
      const after = readCursor(cursor, ['number'])?.[0] ?? 0
      const found = await listItems(store.db, keyOf(rotation), { state, after, limit: limit + 1 })
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.number]))
      return { items: found.slice(0, limit).map(itemAnswer) }
    },
  )
}

function itemAnswer({ settled_id, new_id, ...item }: RotationItem): RotationItemAnswer {
  const { number, name, email, old_id, state, reason } = item
  const newId = settled_id ?? new_id
  return { number, name, email, oldId: old_id, newId, state, ...reasonOf(fromStoredOrNull(reason)) }
}
