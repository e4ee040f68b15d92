import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * What a client asks for in `Prefer` (RFC 7240): `dryRun`, to hear what would happen while nothing does, and
 * `handling=strict`, which is how this service always is. What was applied is said in `Preference-Applied`; anything else
 * is ignored, as the RFC wants it.
 */
export function readPreferences(request: FastifyRequest, reply: FastifyReply): { dryRun: boolean } {
  const asked = String(request.headers.prefer ?? '')
    .split(',')
    .map(preference => preference.split(';')[0]!.trim().replaceAll('"', '').toLowerCase())
  const dryRun = asked.includes('dryrun') || asked.includes('dry-run')
  const applied = [...(dryRun ? ['dryRun'] : []), ...(asked.includes('handling=strict') ? ['handling=strict'] : [])]
  if (applied.length > 0) reply.header('preference-applied', applied.join(', '))
  return { dryRun }
}
