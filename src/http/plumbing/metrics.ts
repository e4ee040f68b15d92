import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from './errors.ts'

/** `/metrics`: resource use and latencies of the process, in the format of Prometheus. */
export function metrics({ app }: Pick<Api, 'app'>, watch: { readonly reports: number }): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'roomkey_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  })

  new Counter({
    name: 'roomkey_enumerations_total',
    help: 'How often somebody was seen to try IDs of rooms, once an hour per site',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(watch.reports)
    },
  })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { config: { access: adminAccess }, schema: { hide: true } as object }, async (request, reply) => {
    // The metrics cover all sites together.
    if (callerOf(request).sites !== null) throw refuse(403, 'Only an administrator of all sites may read metrics.')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
