import Type from 'typebox'
import type { Api } from '../app.ts'
import { refuse } from './errors.ts'

const Status = Type.Object({ status: Type.String() })

const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('degraded')]),
  silentMachines: Type.Optional(Type.Integer({ description: 'Machines of a cluster that do not answer' })),
})

/**
 * `/healthz`: this process is running. `/readyz`: it can do its work, because the database answers and is where it was.
 * While machines of a cluster are lost, it is degraded and still 200: taking every process out of service would stop
 * the sites of the other machines, too.
 */
export function health({ app, store }: Api): void {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { summary: 'Check that the process is running', tags: ['Service'], response: { 200: Status } },
    },
    async () => ({ status: 'ok' }),
  )
  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: { summary: 'Check that the service can do its work', tags: ['Service'], response: { 200: Readiness } },
    },
    async request => {
      const silentMachines = await store.check().catch((error: unknown) => {
        request.log.error({ err: error }, 'the database cannot be used')
        throw refuse(503, 'The database does not answer.')
      })
      if (silentMachines === 0) return { status: 'ready' as const }
      request.log.error({ silentMachines }, 'machines of the cluster do not answer: calls for their sites are 503')
      return { status: 'degraded' as const, silentMachines }
    },
  )
}
