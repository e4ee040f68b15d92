/** Answers that take minutes or hours, and so may outlive the token or the session that they are for. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Api } from '../app.ts'
import { isStillAdmitted } from './auth.ts'

/** How often it is looked at, in milliseconds. */
const lookMs = 15_000

/** Calls `end` soon after the caller's token or session has ended, while the answer is still being sent. */
export function endWithCaller(api: Api, request: FastifyRequest, reply: FastifyReply, end: () => void): void {
  const answered = new AbortController()
  reply.raw.once('close', () => answered.abort())
  void watch(api, request, answered.signal, end)
}

async function watch(api: Api, request: FastifyRequest, answered: AbortSignal, end: () => void): Promise<void> {
  for (;;) {
    await api.app.clock.sleep(lookMs, answered)
    if (answered.aborted) return
    // Where the database is away for a moment, the next look tells.
    const isAdmitted = await isStillAdmitted(api, request).catch(() => true)
    if (!isAdmitted) return end()
  }
}
