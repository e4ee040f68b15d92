import Type from 'typebox'
import type { Api } from '../app.ts'
import { refuse } from './errors.ts'

const Status = Type.Object({ status: Type.String() })

/** `/healthz`: this process is running. `/readyz`: it can do its work, because the database answers and is where it was. */
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
      schema: { summary: 'Check that the service can do its work', tags: ['Service'], response: { 200: Status } },
    },
    async request => {
      await store.check().catch((error: unknown) => {
        request.log.error({ err: error }, 'the database cannot be used')
        throw refuse(503, 'The database does not answer.')
      })
      return { status: 'ready' }
    },
  )
}
