// The service over the database that the first argument names, as a process whose memory can be weighed from outside.
import { pino } from 'pino'
import { buildServer } from '#roomkey/http/server.js'
import { openStore } from '#roomkey/store/open-store.js'
import { WebexConnection } from '#roomkey/webex/sign-in/connection.js'

const tell = message => process.send?.(message)
for (const fault of ['unhandledRejection', 'uncaughtExceptionMonitor', 'warning']) {
  process.on(fault, error => tell({ fault: `${fault}: ${error?.stack ?? error}` }))
}

/** Nobody reads the log of a fuzzed service; what it says of failures is a finding. */
const errorsOnly = { write: line => tell({ fault: `logged: ${line}` }) }
const store = await openStore(process.argv[2])

/** To a Webex that knows everybody, and is asked without a socket. */
let kept
const file = {
  read: () => kept,
  write: connection => {
    kept = connection
  },
  remove: () => {
    kept = undefined
  },
}
const environment = { accessToken: null, integration: null }
const me = async () => new Response(JSON.stringify({ id: 'me', emails: ['me@webex.test'] }))
const webex = new WebexConnection({ url: 'https://webex.test/v1', file, environment }, me)

const app = await buildServer({ store, rateLimit: null, webex, logger: pino({ level: 'error' }, errorsOnly) })
// As by default, but sooner: nobody waits half a minute for each slow client.
app.server.requestTimeout = 3000
app.server.headersTimeout = 3000
await app.listen({ host: '127.0.0.1', port: 0 })

process.on('message', async ask => {
  if (ask === 'stop') {
    await app.close()
    await store.close()
    process.disconnect()
    return
  }
  globalThis.gc()
  globalThis.gc()
  const connections = await new Promise(resolve => app.server.getConnections((_, count) => resolve(count)))
  tell({ weight: { heapMb: process.memoryUsage().heapUsed / 2 ** 20, connections } })
})
process.on('disconnect', () => process.exit())

tell({ port: app.server.address().port })
