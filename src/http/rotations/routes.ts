/** Rotations of a site: planned, listed, discarded, and line by line. What else is done with one is in actions.ts. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { IdSource } from '../../rotations/planning/new-ids.ts'
import { discardRotation } from '../../rotations/use-cases/discard.ts'
import { planRotation } from '../../rotations/use-cases/plan.ts'
import { listItems, rotationsOfSite } from '../../store/rotations/lists.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { ListedRotationRequest, NewRotationRequest } from '../../wire/rotations/new-rotation.ts'
import { PlannedAnswer, RotationAnswer, RotationItemAnswer, RotationParams } from '../../wire/rotations.ts'
import { SiteParams } from '../../wire/sites.ts'
import { text } from '../../wire/text.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import { longListBytes } from '../limits/body-size.ts'
import { tableTypes, takingTables } from '../limits/receive-table.ts'
import { ApiError, refuse } from '../plumbing/errors.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { describeSchemaErrors } from '../plumbing/schema-errors.ts'
import { rotationAnswer } from './answer.ts'
import { itemAnswers } from './item-answers.ts'
import { planWithin, type ReadPeople, readPeople, readPeopleOfBody } from './plan-request.ts'
import { orThrow } from './refusals.ts'
import { contextOf, type RotationApi, rotationFor } from './rotation-api.ts'

const itemStates = ['pending', 'sent', 'unsure', 'done', 'refused', 'held', 'left'] as const

export function rotations(api: RotationApi): void {
  const { app, store } = api

  async function plan(
    request: FastifyRequest,
    reply: FastifyReply,
    site: Site,
    { target, ids, canary, freeze, freshSeconds, overwriteChanged, allowUnmatched = false }: ListedRotationRequest,
    { choice, list }: ReadPeople,
  ) {
    const source = ids as IdSource
    const chosen = orThrow(target === undefined ? api.routes.ofSite(site) : api.routes.choose(target))
    const freshMs = freshSeconds === undefined ? undefined : freshSeconds * 1000
    const wanted = { ...chosen, choice, source, canary, freeze, freshMs, overwriteChanged }
    const scope = { siteUrl: site.url, retained: null, allowUnmatched, pinnedToo: false }
    const { key } = await planWithin(
      api,
      request,
      site,
      options => planRotation(contextOf(api, request), { ...wanted, ...scope }, options),
      choice.who === 'listed' ? choice.people.size : 0,
    )
    const planned = await getRotation(store.db, key)
    return reply.code(201).send({ ...(await rotationAnswer(api, { site, caller: callerOf(request) }, planned)), list })
  }

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
      bodyLimit: longListBytes,
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
      const { people, ...wish } = request.body
      return plan(request, reply, site, wish, await readPeople(people, site.url))
    },
  )

  takingTables(app, listed => {
    listed.post(
      '/api/sites/:siteUrl/rotations/listed',
      {
        config: { access: adminAccess },
        schema: {
          summary: 'Plan a rotation of the people in a table',
          description: `The body is the file, up to 64 MiB, as ${tableTypes.join(' or ')}: a table as for \`people.csv\` of the other call, also in UTF-16.`,
          tags: ['Rotations'],
          params: SiteParams,
          querystring: Type.Object(
            {
              name: text('What the list is called.'),
              plan: Type.String({
                maxLength: 4096,
                description: 'The rest of what is asked, in JSON, as in the body of the other call without `people`.',
              }),
            },
            { additionalProperties: false },
          ),
          response: { 201: PlannedAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const site = await siteFor(store.db, caller, request.params.siteUrl)
        const wish = readWish(request, request.query.plan)
        const people = await api.work.during('tables', caller, site.url, () =>
          readPeopleOfBody(request, request.query.name, site.url),
        )
        return plan(request, reply, site, wish, people)
      },
    )
  })

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
      return { items: await itemAnswers(store.db, rotation, found.slice(0, limit)) }
    },
  )
}

/** @throws ApiError 400 */
function readWish(request: FastifyRequest, json: string): ListedRotationRequest {
  const validate = request.compileValidationSchema(ListedRotationRequest)
  let wish: unknown
  try {
    wish = JSON.parse(json)
  } catch {
    throw refuse(400, message('planNotJson'))
  }
  if (validate(wish)) return wish as ListedRotationRequest
  throw new ApiError(400, describeSchemaErrors((validate.errors ?? []) as FastifySchemaValidationError[]))
}
