import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from './errors.ts'

/** Calls a minute, per token; null for no limit. */
export type RateLimit = number | null

/** Calls a minute with a token that nobody has, per client: guessing must not be free. */
const unknownCallersPerMinute = 60

export interface Limits {
  /** Counts a call. @throws ApiError 429 once the token's minute is used up. */
  call(request: FastifyRequest, tokenId: string): Promise<void>
  /** Counts a call that nobody could be found for. @throws ApiError 429 once the client's minute is used up. */
  unknownCaller(request: FastifyRequest): Promise<void>
}

export async function limitCalls(app: FastifyInstance, perMinute: RateLimit): Promise<Limits> {
  await app.register(rateLimit, { global: false, timeWindow: '1 minute' })
  const perClient = app.createRateLimit({ max: unknownCallersPerMinute, keyGenerator: request => request.ip })
  const perToken =
    perMinute === null
      ? null
      : app.createRateLimit({ max: perMinute, keyGenerator: request => request.caller?.tokenId ?? request.ip })

  return {
    async call(request) {
      if (perToken !== null) refuseBeyond(await perToken(request))
    },
    async unknownCaller(request) {
      refuseBeyond(await perClient(request))
    },
  }
}

type Counted = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

function refuseBeyond(counted: Counted): void {
  if (counted.isAllowed || !counted.isExceeded) return
  const seconds = String(Math.max(1, counted.ttlInSeconds))
  throw refuse(429, `Wait ${seconds} seconds before the next call.`, { 'retry-after': seconds })
}
