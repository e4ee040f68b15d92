import type { FastifyInstance } from 'fastify'
import { message } from '../../messages/message.ts'
import { refuse } from './errors.ts'

/** How long running calls may take to finish, in milliseconds, before their connections are cut. */
const maxFinishMs = 5_000

/** How often idle connections are closed until then. */
const idleCheckMs = 50

/** Graceful shutdown: once the service is asked to stop, it takes no new work and finishes what is running. */
export function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false

  app.addHook('onRequest', async () => {
    if (stopping) throw refuse(503, message('stopping'), { 'retry-after': '5', connection: 'close' })
  })

  app.addHook('preClose', async () => {
    stopping = true
    if (!app.server.listening) return
    // Node closes idle connections once, at the beginning; a client that keeps its connection would delay the shutdown
    // forever.
    const started = Date.now()
    const timer = setInterval(() => {
      if (Date.now() - started < maxFinishMs) app.server.closeIdleConnections()
      else app.server.closeAllConnections()
    }, idleCheckMs)
    app.server.once('close', () => clearInterval(timer))
  })
}
