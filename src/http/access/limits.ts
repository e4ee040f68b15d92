import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { message } from '../../messages/message.ts'
import type { Store } from '../../store/store.ts'
import { refuse } from '../plumbing/errors.ts'
import { CallCounts } from './call-counts.ts'
import { SharedLimit } from './shared-limit.ts'

/** Calls a minute, per token; null for no limit. */
export type RateLimit = number | null

/** Calls a minute with an unknown token, per client: guessing tokens must cost something. */
const unknownCallersPerMinute = 60

/** Sign-ins that a client may try a minute, counted before they are read; those that fail are unknown callers as well. */
const signInsPerMinute = 600

/** Room links that a client may look up a minute: joining a meeting takes one, guessing takes many. */
const lookupsPerMinute = 120

export interface Limits {
  /** Counts a call. @throws ApiError 429 once the token's minute is used up. */
  call(request: FastifyRequest, tokenId: string): Promise<void>
  /** Counts a call with an unknown token. @throws ApiError 429 once the client's minute is used up. */
  unknownCaller(request: FastifyRequest): Promise<void>
  /** Counts an attempt to sign in to the console. @throws ApiError 429 once the client's minute is used up. */
  signIn(request: FastifyRequest): Promise<void>
  /** Counts the lookup of a room's link. @throws ApiError 429 once the client's minute is used up. */
  lookup(request: FastifyRequest): Promise<void>
}

export async function limitCalls(app: FastifyInstance, database: Store, perMinute: RateLimit): Promise<Limits> {
  const store = class extends CallCounts {
    constructor() {
      super(app.clock)
    }
  }
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', store })
  const perClient = app.createRateLimit({ max: unknownCallersPerMinute, keyGenerator: clientOf })
  const signIns = app.createRateLimit({
    max: signInsPerMinute,
    keyGenerator: request => `sign-in ${clientOf(request)}`,
  })
  const lookups = app.createRateLimit({ max: lookupsPerMinute, keyGenerator: request => `lookup ${clientOf(request)}` })
  const perToken = perMinute === null ? null : limitPerToken(app, database, perMinute)

  return {
    async call(request, tokenId) {
      if (perToken !== null) refuseBeyond(await perToken(request, tokenId))
    },
    async unknownCaller(request) {
      refuseBeyond(asCounted(await perClient(request)))
    },
    async signIn(request) {
      refuseBeyond(asCounted(await signIns(request)))
    },
    async lookup(request) {
      refuseBeyond(asCounted(await lookups(request)))
    },
  }
}

/** A client by its address; under IPv6 by its network, since each client has any number of addresses. */
export function clientOf(request: FastifyRequest): string {
  // The address of a client that has hung up in the meantime is no longer known.
  const ip = (request.ip as string | undefined) ?? 'gone'
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  return ip.split(':').slice(0, 4).join(':')
}

interface Counted {
  isExceeded: boolean
  ttlInSeconds: number
}

function limitPerToken(app: FastifyInstance, { sharedCalls }: Store, perMinute: number) {
  if (sharedCalls !== null) {
    const shared = new SharedLimit(sharedCalls, perMinute)
    return (_request: FastifyRequest, tokenId: string): Promise<Counted> => shared.count(tokenId)
  }
  const own = app.createRateLimit({
    max: perMinute,
    keyGenerator: request => request.caller?.tokenId ?? request.ip,
  })
  return async (request: FastifyRequest): Promise<Counted> => asCounted(await own(request))
}

function asCounted(counted: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>): Counted {
  return counted.isAllowed ? { isExceeded: false, ttlInSeconds: 0 } : counted
}

function refuseBeyond({ isExceeded, ttlInSeconds }: Counted): void {
  if (!isExceeded) return
  const seconds = String(Math.max(1, ttlInSeconds))
  throw refuse(429, message('waitSeconds', { seconds }), { 'retry-after': seconds })
}
