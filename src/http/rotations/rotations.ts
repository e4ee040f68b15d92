/** Rotations of a site: planned, listed, and line by line. What is done with one is in rotation-deeds.ts. */
import Type from 'typebox'
import { readSentence, say } from '../../messages/say.ts'
import { makePlan } from '../../rotations/planning/make-plan.ts'
import { planQuestions } from '../../rotations/planning/plan-questions.ts'
import { listItems, rotationsOfSite } from '../../store/rotations/lists.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import { getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { NewRotationRequest, RotationAnswer, RotationItemAnswer, RotationParams } from '../../wire/rotations.ts'
import { SiteParams } from '../../wire/sites.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { readIds, readPeople } from './parse-plan-request.ts'
import { rotationFor } from './requested-rotation.ts'
import { rotationAnswer } from './rotation-answer.ts'
import { keyOf, type RotationRuns } from './rotation-runs.ts'

/** A list of half a million people. */
const maxListBytes = 64 * 2 ** 20

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
        items.push(await rotationAnswer({ db: store.db, runs, site, caller }, row))
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
        response: { 201: RotationAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const site = await siteFor(store.db, caller, request.params.siteUrl)
      const { target = 'self', people, ids, canary, freeze } = request.body
      const spoken = runs.targets.choose(target)
      const choice = await readPeople(people)
      const source = readIds(ids, choice)
      const questions = await planQuestions(store, { siteUrl: site.url, choice, kept: new Map(), pinnedToo: false })
      const wish = { siteUrl: site.url, ...spoken, choice, source, canary, freeze }
      const whom = { target: spoken.target, profile: spoken.profile.name, site_url: site.url }
      const act = { ...actorOf(request), actSiteId: site.site_id }
      const key = await runs.planning.make(caller, whom, act, deps => makePlan(wish, { ...deps, questions }))
      const planned = await getRotation(store.db, key)
      return reply.code(201).send(await rotationAnswer({ db: store.db, runs, site, caller }, planned))
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
      const { site, rotation } = await rotationFor(store, request)
      return rotationAnswer({ db: store.db, runs, site, caller: callerOf(request) }, rotation)
    },
  )

  app.delete(
    '/api/sites/:siteUrl/rotations/:rotation',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Throw a plan away that was never started',
        tags: ['Rotations'],
        params: RotationParams,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(store, request)
      const abandoned = await runs.planning.abandon(keyOf(rotation))
      if (!abandoned && runs.stateOf(rotation) === 'planning') {
        throw refuse(409, say('plannedElsewhere'))
      }
      if (!(await store.write('dropRotation', keyOf(rotation))) && !abandoned) {
        throw refuse(409, say('hasBegun'))
      }
      const event = { siteId: site.site_id, action: 'rotation.removed', subject: request.params.rotation, detail: {} }
      await store.write('recordAuditEvent', { ...actorOf(request), event })
      return reply.code(204).send(null)
    },
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
          { state: Type.Optional(Type.Enum([...itemStates], { description: 'Only these.' })), ...pageQuery },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(RotationItemAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(store, request)
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
  const said = reason === null ? null : readSentence(reason)
  return { number, name, email, oldId: old_id, newId: settled_id ?? new_id, state, reason, said }
}
