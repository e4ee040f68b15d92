import type { FastifyInstance } from 'fastify'
import { say } from '../../messages/say.ts'
import { refuse } from './errors.ts'

/** How long what runs may take to finish, in milliseconds, before its connection is cut. */
const maxFinishMs = 10_000

/** How often connections that have become idle are closed meanwhile. */
const idleLook = 50

/** Once the service is asked to stop: no new work, while what runs is finished. */
export function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false

  app.addHook('onRequest', async () => {
    if (stopping) throw refuse(503, say('stopping'), { 'retry-after': '5', connection: 'close' })
  })

  app.addHook('preClose', async () => {
    stopping = true
    if (!app.server.listening) return
    // Node closes what is idle once, at the beginning; a client that keeps its connection would hold us up for ever.
    const started = Date.now()
    const look = setInterval(() => {
      if (Date.now() - started < maxFinishMs) app.server.closeIdleConnections()
      else app.server.closeAllConnections()
    }, idleLook)
    app.server.once('close', () => clearInterval(look))
  })
}
