import type { FastifyInstance } from 'fastify'
import { refuse } from './errors.ts'

/** Once the service is asked to stop: no new work, while what runs is finished. */
export function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
  })
  app.addHook('onRequest', async () => {
    if (stopping) throw refuse(503, 'The service is stopping.', { 'retry-after': '5', connection: 'close' })
  })
}
