import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import { callerOf } from './auth.ts'

/** Who acts by this request, and when, for the audit log. */
export function actorOf(request: FastifyRequest): Actor {
  return { tokenId: callerOf(request).tokenId, trackingId: request.id, now: request.server.clock.now() }
}
