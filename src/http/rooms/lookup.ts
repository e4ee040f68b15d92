/**
 * `/meet/:id`: the public view of a room. A live one resolves. An unknown, a retired and a suspended one cannot be told
 * apart by status, body or time; guesses count towards a client's limit.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { roomIdFault, roomIdKey, roomLink, roomSipAddress } from '../../rooms/room-id.ts'
import { findRoom } from '../../store/rooms/lookup.ts'
import { findSite, listSites, type Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { clientOf, type Limits } from '../access/limits.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import type { GuessWatch } from './guess-watch.ts'
import { deadPage, livePage, pagePolicy } from './lookup-pages.ts'

/**
 * No dead link is answered sooner than this, in milliseconds. It hides how long the lookup took, so that a tiny delay
 * does not reveal that an ID once existed.
 */
const minMs = 12

const Room = Type.Object({
  siteUrl: Type.String(),
  personalMeetingRoomId: Type.String(),
  personalMeetingRoomLink: Type.String(),
  sipAddress: Type.String(),
})

export function lookup({ app, store }: Api, limits: Limits, watch: GuessWatch): void {
  app.get(
    '/meet/:id',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Resolve the link of a room',
        description:
          'The Host header names the site; if it matches none, the only site is used. Answers HTML to browsers, and JSON if the Accept header asks for it.',
        tags: ['Rooms'],
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Union([Room, Type.String()]), '4xx': Type.Union([ErrorAnswer, Type.String()]) },
      },
    },
    async (request, reply) => {
      const begun = performance.now()
      await limits.lookup(request)
      const site = await siteOfHost(store.db, request.hostname)
      const key = roomIdKey(request.params.id)
      const found =
        site === undefined || roomIdFault(request.params.id) !== undefined
          ? undefined
          : await findRoom(store.db, site.site_id, key)
      const id = found?.id
      if (site !== undefined && found !== undefined) watch.looked(site, { key, found, client: clientOf(request) })
      reply.header('x-robots-tag', 'noindex')
      if (site !== undefined && id !== undefined) return answerLive(request, reply, site, id)

      await sleep(Math.max(1, minMs - (performance.now() - begun)))
      const moved = site?.moved_page === 1
      if (wantsJson(request)) throw refuse(404, moved ? movedWords : deadWords)
      return reply
        .code(404)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pagePolicy)
        .serializer(String)
        .send(deadPage(moved ? movedWords : deadWords))
    },
  )
}

const deadWords = 'Room not found.'
const movedWords = 'Room not found. It may have moved: ask your host for the new link.'

async function siteOfHost(db: Db, host: string): Promise<Site | undefined> {
  const named = await findSite(db, host)
  if (named !== undefined) return isHeld(named) ? named : undefined
  const held = (await listSites(db, null)).filter(isHeld)
  return held.length === 1 ? held[0] : undefined
}

/** Links of a mirrored site lead to its target. Whoever may not read the mirror must not find its rooms out here. */
function isHeld({ record_holder }: Site): boolean {
  return record_holder === 'held'
}

function answerLive(request: FastifyRequest, reply: FastifyReply, site: Site, id: string): FastifyReply {
  const room = {
    siteUrl: site.url,
    personalMeetingRoomId: id,
    personalMeetingRoomLink: roomLink(site.url, id),
    sipAddress: roomSipAddress(site.url, id),
  }
  if (wantsJson(request)) return reply.serializer(JSON.stringify).type('application/json;charset=UTF-8').send(room)
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .serializer(String)
    .send(livePage(room))
}

function wantsJson({ headers: { accept = '' } }: FastifyRequest): boolean {
  return /json/i.test(accept) && !/text\/html/i.test(accept)
}
