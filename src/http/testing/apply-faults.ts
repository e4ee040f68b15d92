/** Carries out the faults that a test's rules ask for. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RefreshRoomIdsRequest } from '../../wire/refresh-room-ids.ts'
import type { Effect } from '../../wire/testing.ts'
import type { Api } from '../app.ts'
import { loseAnswer } from '../faults/lose-answer.ts'
import { type Before, readBefore, StaleReads } from '../faults/stale-reads.ts'
import { ApiError, type ErrorStatus, refuse, titles } from '../plumbing/errors.ts'
import { namesOf } from './call-names.ts'
import type { MatchedCall } from './fault-rules.ts'
import { ageOf } from './habits/show-habits.ts'
import type { TestControl } from './test-control.ts'

/** For the call by which half of a batch is applied. */
const exemptHeader = 'x-roomkey-exempt'

export function applyFaults({ app, store }: Api, control: TestControl): void {
  const { rules, recorded: calls, habits } = control
  const secret = crypto.randomUUID()
  const effects = new WeakMap<FastifyRequest, Effect>()
  const before = new WeakMap<FastifyRequest, Before>()
  const stale = new StaleReads()
  control.onRestore(() => stale.forget())

  app.addHook('preValidation', async (request, reply) => {
    if (request.headers[exemptHeader] === secret) return
    const names = namesOf(request)
    if (names.length === 0) return
    const hit = rules.take(callOf(request, names, app.clock.now()))
    // Stale reads show what was before any refresh, so that must be known of all of them.
    if (isRefresh(request) && isBatch(request.body)) before.set(request, await readBefore(store.db, request.body))
    if (hit === undefined) return
    const { id, effect } = hit
    effects.set(request, effect)
    calls.markFault(request, id)
    if ('status' in effect) return answer(reply, effect)
    if ('slowMs' in effect) await app.clock.sleep(effect.slowMs)
    if ('halfApplied' in effect) await applyHalf(request)
    if ('reset' in effect || ('drop' in effect && effect.drop === 'beforeCommit')) {
      lose(request, reply, 'reset' in effect)
      return reply
    }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (isRefresh(request) && reply.statusCode === 200) remember(request, String(payload))
    const effect = effects.get(request)
    if (effect !== undefined && 'drop' in effect && effect.drop === 'afterCommit') lose(request, reply, false)
    if (typeof payload !== 'string') return payload
    if (effect !== undefined && 'truncate' in effect) truncate(reply, payload, effect.truncate)
    const ageSeconds = effect !== undefined && 'staleSeconds' in effect ? effect.staleSeconds : ageOf(request, habits)
    const isOld = ageSeconds > 0 && reply.statusCode === 200
    return isOld ? stale.asOf(app.clock.now() - ageSeconds * 1000, payload) : payload
  })

  async function applyHalf(request: FastifyRequest): Promise<void> {
    if (!isRefresh(request) || !isBatch(request.body)) return
    const { body } = request
    const half = body.personalMeetingRoomIds.slice(0, Math.ceil(body.personalMeetingRoomIds.length / 2))
    const applied = await app.inject({
      method: 'POST',
      url: request.url,
      headers: { authorization: request.headers.authorization ?? '', [exemptHeader]: secret },
      payload: { ...body, personalMeetingRoomIds: half },
    })
    if (applied.statusCode === 200) remember(request, applied.payload)
    throw refuse(500, titles[500])
  }

  function remember(request: FastifyRequest, payload: string): void {
    const rooms = before.get(request)
    if (rooms !== undefined) stale.remember(rooms, JSON.parse(payload), app.clock.now())
  }

  function lose(request: FastifyRequest, reply: FastifyReply, asReset: boolean): void {
    calls.markLost(request)
    loseAnswer(reply, asReset)
  }
}

function isRefresh(request: FastifyRequest): boolean {
  return request.routeOptions.config.callName === 'refreshId'
}

function isBatch(body: unknown): body is RefreshRoomIdsRequest {
  const { siteUrl, personalMeetingRoomIds } = (body ?? {}) as Record<string, unknown>
  return typeof siteUrl === 'string' && Array.isArray(personalMeetingRoomIds)
}

function callOf(request: FastifyRequest, names: string[], at: number): MatchedCall {
  const { siteUrl, personalMeetingRoomIds, emails, email } = (request.body ?? {}) as Record<string, unknown>
  const query = request.query as Record<string, string>
  const items = Array.isArray(personalMeetingRoomIds) ? personalMeetingRoomIds : []
  const named = [
    ...items.flatMap((item: Record<string, unknown> | null) => [item?.email, item?.personId]),
    ...[emails, email, query.userEmail, query.email, query.id].flat(),
    ...Object.values(request.params as Record<string, string>),
  ]
  return {
    names,
    people: new Set(named.filter(name => typeof name === 'string').map(name => name.toLowerCase())),
    site: [siteUrl, query.siteUrl].find(site => typeof site === 'string')?.toLowerCase(),
    at,
  }
}

function answer(
  reply: FastifyReply,
  { status, body, retryAfter }: Extract<Effect, { status: number }>,
): FastifyReply | never {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  if (body !== undefined) {
    const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json;charset=UTF-8'
    return reply.code(status).headers(headers).type(type).serializer(asText).send(body)
  }
  const title = (titles as Record<number, string>)[status] ?? `The server answered with status ${status}.`
  throw new ApiError(status as ErrorStatus, [{ description: title }], headers)
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** Says how long the whole is, and sends less of it. */
function truncate(reply: FastifyReply, payload: string, bytes: number): void {
  const whole = Buffer.from(payload)
  reply.hijack()
  const headers = { ...reply.getHeaders(), 'content-length': whole.length } as Record<string, string | number>
  reply.raw.writeHead(reply.statusCode, headers)
  reply.raw.write(whole.subarray(0, bytes), () => reply.raw.destroy())
}
