import { expect, it } from 'vitest'
import { ownCalls, renderSupported, writtenSupported } from '../../scripts/supported.ts'
import { withoutWebexOpenApi } from '../support/webex-openapi.ts'

it('names every call of Webex that the service has', async () => {
  const page = writtenSupported()
  const named = [...page.matchAll(/^`([A-Z]+ [^`]+)`$/gm)].map(([, call]) => call)
  const missing = (await ownCalls()).filter(call => !named.includes(call))
  // Webex describes it in another of its files.
  expect(missing).toEqual(['GET /authorizations/tokenExpiry'])
})

it.skipIf(withoutWebexOpenApi)("says of each field of Webex's file whether the service has it", async () => {
  expect(writtenSupported()).toBe(await renderSupported(process.env.WEBEX_OPENAPI!))
})
