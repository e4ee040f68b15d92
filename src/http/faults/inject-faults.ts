/**
 * Injects faults, to test how a client handles them: answers that are lost after the commit, 5xx, 429 storms, slow
 * answers, stale reads, half-applied batches. Off by default.
 *
 * A seed decides which calls are hit, so the same script causes the same faults again.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Compile } from 'typebox/compile'
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { Faults } from '../../wire/faults.ts'
import type { RefreshRoomIdsRequest } from '../../wire/refresh-room-ids.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { loseAnswer } from './lose-answer.ts'
import { type Before, readBefore, StaleReads } from './stale-reads.ts'

const checked = Compile(Faults)

/** Reads a fault script; if it is not valid, returns what is wrong. */
export function readFaults(text: string): Faults | { fault: MessageOrText } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'The fault script is not valid JSON.' }
  }
  if (checked.Check(json)) {
    const fault = faultOf(json)
    return fault === undefined ? json : { fault }
  }
  const first = checked.Errors(json)[0]
  return {
    fault: `The fault script is wrong at ${first?.instancePath || 'its top'}: ${first?.message ?? 'does not match the documentation'}.`,
  }
}

/** What the schema cannot express. */
export function faultOf({ storm }: Faults): Message | undefined {
  if (storm === undefined || storm.forSeconds < storm.everySeconds) return undefined
  return message('stormEndless', { interval: storm.everySeconds, duration: storm.forSeconds })
}

/** What faults need from outside: in a rehearsal time passes faster, and there are no connections. */
export interface FaultEnvironment {
  now(): number
  sleep(ms: number): Promise<void>
  /** How to lose an answer where there is no connection to cut. */
  lose?(reply: FastifyReply): void
}

/** The header that exempts the internal call for a half-applied batch from further faults. */
const exemptHeader = 'x-roomkey-spared'

export function injectFaults({ app, store }: Api, faults: Faults, environment: FaultEnvironment): void {
  const random = randomNumbers(faults.seed ?? 1)
  const hit = (share: number | undefined) => share !== undefined && share > 0 && random() < share
  const staleMs = (faults.staleReadSeconds ?? 0) * 1000
  const stale = new StaleReads()
  const before = new WeakMap<FastifyRequest, Before>()
  const began = environment.now()
  let tokens = faults.callsPerSecond ?? 0
  let filledAt = began

  app.addHook('onRequest', async request => {
    if (!isCall(request)) return
    const { storm, callsPerSecond, slow } = faults
    const now = environment.now()
    if (storm !== undefined) {
      const left = storm.forSeconds * 1000 - ((now - began) % (storm.everySeconds * 1000))
      if (left > 0 && now - began >= storm.everySeconds * 1000) throw tooMany(left)
    }
    if (callsPerSecond !== undefined) {
      tokens = Math.min(Math.max(1, callsPerSecond), tokens + ((now - filledAt) / 1000) * callsPerSecond)
      filledAt = now
      if (tokens < 1) throw tooMany(((1 - tokens) / callsPerSecond) * 1000)
      tokens -= 1
    }
    if (slow !== undefined && hit(slow.share)) await environment.sleep(slow.ms)
    if (hit(faults.serverError)) throw refuse(500, message('faultServerError'))
  })

  app.addHook('preHandler', async request => {
    if (!isCall(request) || !isRefresh(request)) return
    const body = request.body as RefreshRoomIdsRequest
    if (staleMs > 0) before.set(request, await readBefore(store.db, body))
    if (!hit(faults.halfApplied)) return
    const half = body.personalMeetingRoomIds.slice(0, Math.ceil(body.personalMeetingRoomIds.length / 2))
    const { authorization = '' } = request.headers
    const applied = await app.inject({
      method: 'POST',
      url: request.url,
      headers: { authorization, [exemptHeader]: secret },
      payload: { ...body, personalMeetingRoomIds: half },
    })
    if (applied.statusCode === 200) remember(request, applied.payload)
    throw refuse(500, message('faultHalfApplied'))
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!isCall(request) || reply.statusCode !== 200) return payload
    if (isRefresh(request)) {
      remember(request, payload)
      if (hit(faults.dropAfterCommit)) {
        if (environment.lose === undefined) loseAnswer(reply)
        else environment.lose(reply)
      }
      return payload
    }
    const shows = staleMs > 0 && request.method === 'GET' && typeof payload === 'string'
    return shows ? stale.asOf(environment.now() - staleMs, payload) : payload
  })

  /** A value that only this process knows keeps clients from exempting themselves. */
  const secret = createHash('sha256').update(`${process.pid} ${Math.random()}`).digest('hex')

  function isCall(request: FastifyRequest): boolean {
    const webex = /\/(people|meetingPreferences|admin\/meeting)/.test(request.routeOptions.url ?? '')
    return webex && request.headers[exemptHeader] !== secret
  }

  function remember(request: FastifyRequest, answer: unknown): void {
    const roomsBefore = before.get(request)
    if (roomsBefore !== undefined) stale.remember(roomsBefore, JSON.parse(String(answer)), environment.now())
  }
}

function isRefresh(request: FastifyRequest): boolean {
  return request.method === 'POST' && (request.routeOptions.url ?? '').endsWith('/refreshId')
}

function tooMany(ms: number) {
  return refuse(429, message('faultWait'), { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) })
}

/** Pseudo-random numbers from 0 to 1: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
