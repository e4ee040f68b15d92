import type { FastifyRequest } from 'fastify'
import type { Origin } from '../../store/audit-log/audit-events.ts'
import { callerOf } from './auth.ts'

/** Who does something by this request, and when. */
export function originOf(request: FastifyRequest): Origin {
  return { tokenId: callerOf(request).tokenId, trackingId: request.id, now: Date.now() }
}
