/** The history of IDs: by person, by ID, and for a site as a whole. */
import Type from 'typebox'
import { message } from '../../messages/message.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import {
  type Change,
  findChange,
  type Holding,
  historyOfId,
  historyOfPerson,
  historyOfSite,
  holderAt,
  numberOfPerson,
  roomChanges,
  type Tenancy,
} from '../../store/history/history.ts'
import { atOneMoment } from '../../store/read-snapshot.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { ChangeAnswer, HoldingAnswer, RoomChangeAnswer, TenancyAnswer } from '../../wire/history.ts'
import { SiteParams } from '../../wire/sites.ts'
import { text } from '../../wire/text.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { countParameter, linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { RoomParams } from '../rooms/rooms.ts'

const Page = Type.Object(pageQuery, { additionalProperties: false })

export function history({ app, store }: Api): void {
  app.get(
    '/api/sites/:siteUrl/rooms/:personId/history',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the IDs that a person had, newest first',
        description: 'Includes deleted people.',
        tags: ['History'],
        params: RoomParams,
        querystring: Page,
        response: { 200: Type.Object({ items: Type.Array(TenancyAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const person = await numberOfPerson(store.db, site.site_id, request.params.personId)
      if (person === undefined) throw refuse(404, message('noPerson'))
      const limit = readPageSize(request.query.max)
      const before = readCursor(request.query.cursor, ['number'])?.[0] ?? null
      const found = await historyOfPerson(store.db, { siteId: site.site_id, person }, before, limit + 1)
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.number]))
      return { items: found.slice(0, limit).map(asTenancy) }
    },
  )

  app.get(
    '/api/sites/:siteUrl/ids/:id',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Find who has an ID, now or at a given time, and who had it over time',
        tags: ['History'],
        params: Type.Object({ ...SiteParams.properties, id: text('The ID, whatever its case.', 64) }),
        querystring: Type.Object(
          { at: Type.Optional(text('The time, in ISO 8601. Default: now.', 64)), ...pageQuery },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            at: Type.String(),
            holder: Type.Union([HoldingAnswer, Type.Null()], {
              description:
                'Null where nobody had it or, on a mirrored site, where nobody was seen with it at that time.',
            }),
            items: Type.Array(HoldingAnswer, { description: 'Everybody who had it, newest first.' }),
          }),
          '4xx': ErrorAnswer,
        },
      },
    },
    async (request, reply) => {
      const { site_id: siteId } = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const key = roomIdKey(request.params.id)
      const at = readTime(request.query.at, app.clock.now())
      const limit = readPageSize(request.query.max)
      const before = readCursor(request.query.cursor, ['number'])?.[0] ?? null
      const { holder, found } = await atOneMoment(store.db, async db => ({
        holder: await holderAt(db, siteId, key, at),
        found: await historyOfId(db, siteId, key, before, limit + 1),
      }))
      if (found.length > limit) linkNext(request, reply, writeCursor([found[limit - 1]!.tenure]))
      return {
        at: asIso(at),
        holder: holder === undefined ? null : asHolding(holder),
        items: found.slice(0, limit).map(asHolding),
      }
    },
  )

  app.get(
    '/api/sites/:siteUrl/changes',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'List the changes to rooms on a site, newest first',
        tags: ['History'],
        params: SiteParams,
        querystring: Page,
        response: { 200: Type.Object({ items: Type.Array(ChangeAnswer) }), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const limit = readPageSize(request.query.max)
      const place = readCursor(request.query.cursor, ['large', 'large'])
      const before = place && { at: place[0], batch: place[1] }
      const found = await historyOfSite(store.db, site.site_id, before, limit + 1)
      const last = found[limit - 1]
      if (found.length > limit && last !== undefined) linkNext(request, reply, writeCursor([last.at, last.batch]))
      return { items: found.slice(0, limit).map(asChange) }
    },
  )

  app.get(
    '/api/sites/:siteUrl/changes/:change',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Get one change, room by room',
        tags: ['History'],
        params: Type.Object({ ...SiteParams.properties, change: countParameter('The number of the change.') }),
        response: {
          200: Type.Object({ ...ChangeAnswer.properties, items: Type.Array(RoomChangeAnswer) }),
          '4xx': ErrorAnswer,
        },
      },
    },
    async request => {
      const { site_id: siteId } = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const change = await findChange(store.db, siteId, Number(request.params.change))
      if (change === undefined) throw refuse(404, message('noChange'))
      const items = await roomChanges(store.db, siteId, change.batch, change.people)
      return {
        ...asChange(change),
        items: items.map(({ personId, email, oldId, newId }) => ({
          personId,
          email,
          oldPersonalMeetingRoomId: oldId,
          newPersonalMeetingRoomId: newId,
        })),
      }
    },
  )
}

function readTime(time: string | undefined, now: number): number {
  const at = time === undefined ? now : Date.parse(time)
  if (Number.isNaN(at)) throw refuse(400, message('badTime', { field: 'at', example: '2026-03-01T12:00:00Z' }))
  return at
}

function asTenancy({
  id,
  from,
  until,
  origin,
  batch,
  tokenId,
  tokenName,
  trackingId,
  rotationId,
}: Tenancy): TenancyAnswer {
  return {
    personalMeetingRoomId: id,
    from: asIso(from),
    until: until === null ? null : asIso(until),
    origin: origin ?? 'given',
    change: batch,
    tokenId,
    tokenName,
    trackingId,
    rotationId,
  }
}

function asHolding(holding: Holding): HoldingAnswer {
  const { personId, email, displayName } = holding
  return { ...asTenancy(holding), personId, email, displayName }
}

function asChange({ at, batch, tokenId, tokenName, trackingId, rotationId, people }: Change): ChangeAnswer {
  return {
    at: asIso(at),
    change: batch,
    tokenId,
    tokenName,
    trackingId,
    rotationId,
    rooms: people.length,
  }
}

function asIso(time: number): string {
  return new Date(time).toISOString()
}
