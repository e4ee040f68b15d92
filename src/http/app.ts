/** What every route is built on. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Store } from '../store/store.ts'
import type { ServiceClock } from './service-clock.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyInstance {
    clock: ServiceClock
    /**
     * Stops rotations after their current batches. Must be called before the service closes, while they can still end
     * well.
     */
    stopRotations(): Promise<void>
  }
}

/** What a route needs. */
export interface Api {
  app: App
  store: Store
}
