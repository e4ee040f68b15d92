/** Rooms: finding them by name, e-mail or ID, and suspending or pinning them. */

import Type from 'typebox'
import { type GuessContext, guessability, weigh } from '../../guessability/guessability.ts'
import { strengthOf, strengths } from '../../guessability/strength.ts'
import { message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { roomIdKey, roomLink } from '../../rooms/room-id.ts'
import { type DirectoryPerson, findByPersonIds } from '../../store/people/directory.ts'
import { lastPerson } from '../../store/people/people.ts'
import { searchRooms } from '../../store/rooms/search-rooms.ts'
import type { Site } from '../../store/sites/sites.ts'
import { fromStored } from '../../store/stored-message.ts'
import type { Db, Flag } from '../../store/tables.ts'
import { dayMs } from '../../time.ts'
import { guessClasses } from '../../wire/audit.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { RoomAnswer, RoomFlags } from '../../wire/rooms.ts'
import { SiteParams } from '../../wire/sites.ts'
import { text } from '../../wire/text.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { refuseMirrored, siteFor } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import type { AuditCache } from '../audit/audit-cache.ts'
import { refuse } from '../plumbing/errors.ts'
import { countParameter, linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'

const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))

const Query = Type.Object(
  {
    q: Type.Optional(text('The beginning of an e-mail address, of any word of a name, or of an ID.')),
    host: flag('Only hosts, or only attendees.'),
    suspended: flag('Only suspended rooms, or only the others.'),
    pinned: flag('Only pinned rooms, or only the others.'),
    department: Type.Optional(text('Only people of this department.')),
    olderThanDays: Type.Optional(countParameter('Only rooms whose ID is at least this many days old.')),
    class: Type.Optional(Type.Enum([...guessClasses], { description: 'Only rooms whose ID is built in this way.' })),
    strength: Type.Optional(Type.Enum([...strengths], { description: 'Only rooms whose ID has this strength.' })),
    place: Type.Optional(countParameter('Skip the rooms up to this position. Only without q.')),
    ...pageQuery,
  },
  { additionalProperties: false },
)

export const RoomParams = Type.Object({ ...SiteParams.properties, personId: text('The person.') })

export function rooms({ app, store }: Api, audits: AuditCache): void {
  app.get(
    '/api/sites/:siteUrl/rooms',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Find rooms',
        description:
          'A page may be short, or even empty, and still have a next one in its `Link`: the number of rooms that one page examines is limited.',
        tags: ['Rooms'],
        params: SiteParams,
        querystring: Query,
        response: {
          200: Type.Object({
            items: Type.Array(RoomAnswer),
            next: Type.Union([Type.String(), Type.Null()], { description: 'The cursor of the next page.' }),
            places: Type.Integer({ description: 'The number of positions on the site, whatever the filters.' }),
          }),
          '4xx': ErrorAnswer,
        },
      },
    },
    async (request, reply) => {
      const { q = '', host, suspended, pinned, department, olderThanDays, max, cursor } = request.query
      const { class: guessClass, strength, place: after } = request.query
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const context = await audits.contextOf(site)
      const start = after === undefined ? null : { range: 0, key: '', person: Number(after) }
      const place = readCursor(cursor, ['number', 'string', 'number'])
      const page = await searchRooms(
        store.db,
        {
          siteId: site.site_id,
          words: q,
          host: asFlag(host),
          suspended: asFlag(suspended),
          pinned: asFlag(pinned),
          department: department ?? null,
          claimedBefore: olderThanDays === undefined ? null : app.clock.now() - Number(olderThanDays) * dayMs,
          also: guessFilter(context, guessClass, strength),
        },
        place === null ? start : { range: place[0], key: place[1], person: place[2] },
        readPageSize(max),
      )
      const next = page.next && writeCursor([page.next.range, page.next.key, page.next.person])
      if (next !== null) linkNext(request, reply, next)
      const items = page.rooms.map(room => withoutMessage(asRoom(site, room, context)))
      return { items, next, places: await lastPerson(store.db, site.site_id) }
    },
  )

  app.get(
    '/api/sites/:siteUrl/rooms/:personId',
    {
      config: { access: adminAccess },
      schema: {
        summary: "Get a person's room",
        tags: ['Rooms'],
        params: RoomParams,
        response: { 200: RoomAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      return asRoom(site, await roomOf(store.db, site, request.params.personId), await audits.contextOf(site))
    },
  )

  app.patch(
    '/api/sites/:siteUrl/rooms/:personId',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Suspend or pin a room, or lift either',
        description: 'A suspended room keeps its ID and resolves for nobody. A pinned room is left out of rotations.',
        tags: ['Rooms'],
        params: RoomParams,
        body: RoomFlags,
        response: { 200: RoomAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const site = await siteFor(store.db, callerOf(request), request.params.siteUrl)
      const { person, email, personId } = await roomOf(store.db, site, request.params.personId)
      const { suspended = null, pinned = null } = request.body
      if (suspended !== null) refuseMirrored(site)
      await store.write('setRoomFlags', { ...actorOf(request), siteId: site.site_id, person, email, suspended, pinned })
      return asRoom(site, await roomOf(store.db, site, personId), await audits.contextOf(site))
    },
  )
}

async function roomOf(db: Db, site: Site, personId: string): Promise<DirectoryPerson> {
  const [person] = await findByPersonIds(db, [site.site_id], [personId])
  if (person === undefined) throw refuse(404, message('noPerson'))
  return person
}

/** Judges each ID by rules that no index can apply; null where no such filter is asked for. */
function guessFilter(context: GuessContext, guessClass: string | undefined, strength: string | undefined) {
  if (guessClass === undefined && strength === undefined) return null
  return (person: DirectoryPerson) => {
    if (person.roomId === null) return false
    const { cost } = weigh(person, roomIdKey(person.roomId), context)
    return (
      (guessClass === undefined || cost.class === guessClass) &&
      (strength === undefined || strengthOf(cost) === strength)
    )
  }
}

function judge(person: DirectoryPerson, roomId: string, context: GuessContext): RoomAnswer['guessability'] {
  const judged = guessability(person, roomId, context)
  const { class: guessClass, bits, guesses, reason } = judged
  return { class: guessClass, strength: strengthOf(judged), bits, guesses, reason: render(reason), message: reason }
}

function asRoom(site: Site, person: DirectoryPerson, context: GuessContext): RoomAnswer {
  const { personId, email, displayName, firstName, lastName, username, department, roomId, claimedAt } = person
  const { seenAt, unreadReason } = person
  return {
    personId,
    email,
    displayName,
    firstName,
    lastName,
    username,
    department,
    host: person.host === 1,
    suspended: person.suspended === 1,
    pinned: person.pinned === 1,
    personalMeetingRoomId: roomId,
    personalMeetingRoomLink: roomId && roomLink(site.url, roomId),
    since: roomId === null || claimedAt === null ? null : new Date(claimedAt).toISOString(),
    readAt: seenAt === null ? null : new Date(seenAt).toISOString(),
    unreadReason: unreadReason === null ? null : render(fromStored(unreadReason)),
    guessability: roomId === null ? null : judge(person, roomId, context),
    place: person.person,
  }
}

/** Only a single room comes with its reason as data; lists leave it out. */
function withoutMessage({ guessability, ...room }: RoomAnswer): RoomAnswer {
  if (guessability === null) return { ...room, guessability }
  const { message: _, ...judged } = guessability
  return { ...room, guessability: judged }
}

function asFlag(flag: string | undefined): Flag | null {
  return flag === undefined ? null : flag === 'true' ? 1 : 0
}
