/** A service in memory as a target for rehearsals: a plan is carried out against the same rules as for real. */

import { addAdministrator } from '../local/add-administrator.ts'
import type { OpenSandbox } from '../rotations/rehearsal/sandbox.ts'
import { makeToken } from '../store/access/tokens.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import type { Fetch } from '../webex/calls/calls.ts'
import type { Faults } from '../wire/faults.ts'
import type { App } from './app.ts'
import type { FaultEnvironment } from './faults/inject-faults.ts'
import { inProcessFetch } from './plumbing/in-process-fetch.ts'

/** What builds a service: passed in, because the service that it builds can open sandboxes itself. */
export type BuildService = (deps: {
  store: Store
  rateLimit: null
  faults: { script: Faults; environment: FaultEnvironment }
}) => Promise<App>

export function sandboxTarget(buildService: BuildService): OpenSandbox {
  return async (script, clock) => {
    const store = await openStore('sqlite::memory:')
    try {
      const token = makeToken()
      await addAdministrator(store, token, 'rehearsal', null)
      const environment: FaultEnvironment = { ...clock, lose: reply => reply.header(lost, '1') }
      const app = await buildService({ store, rateLimit: null, faults: { script, environment } })
      const close = async () => {
        await app.close()
        await store.close()
      }
      return { store, token, fetch: losing(inProcessFetch(app)), close }
    } catch (error) {
      await store.close()
      throw error
    }
  }
}

/** The mark of an answer that gets lost on its way. */
const lost = 'x-roomkey-lost'

/** A connection that was cut is an error, as over a socket. */
function losing(fetch: Fetch): Fetch {
  return async (url, init) => {
    const answer = await fetch(url, init)
    if (answer.headers.has(lost)) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' })
    return answer
  }
}
