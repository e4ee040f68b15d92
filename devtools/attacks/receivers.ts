/** Receivers of webhooks that take their time. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attacked } from './attacked.ts'
import { bearer, type Outcome, send } from './send.ts'

/** The IDs of one attack are not those of the next. */
let rounds = 0

/** How long another site's webhook waits, in milliseconds. */
export async function slowReceivers(attacked: Attacked): Promise<Outcome> {
  const { url, token, siteAdministrator, site, person, otherSite, otherPerson } = attacked
  const slow = await receiver(9500)
  const quick = await receiver(0)
  rounds += 1
  const hook = (by: string, targetUrl: string, siteUrl: string) =>
    send(
      `${url}/v1/webhooks`,
      bearer(by),
      JSON.stringify({ name: 'x', targetUrl, resource: 'rooms', event: 'updated', filter: `siteUrl=${siteUrl}` }),
    )
  for (let n = 0; n < 5; n += 1) await hook(siteAdministrator, `${slow.url}/${n}`, site)
  await hook(token, quick.url, otherSite)
  const refresh = (siteUrl: string, email: string, id: string) =>
    send(
      `${url}/v1/admin/meetingPreferences/personalMeetingRoom/refreshId`,
      bearer(token),
      JSON.stringify({ siteUrl, personalMeetingRoomIds: [{ email, personalMeetingRoomId: id }] }),
    )
  for (let n = 0; n < 20; n += 1) await refresh(site, person, `slow-${rounds}-${n}`)
  await sleep(2000)
  const began = performance.now()
  const told = once(quick.server, 'told')
  await refresh(otherSite, otherPerson, `other-${rounds}`)
  await Promise.race([told, sleep(150_000)])
  const waited = Math.round(performance.now() - began)
  for (const { server } of [slow, quick]) {
    server.closeAllConnections()
    server.close()
  }
  return { 'ms until the other site is told': waited }
}

async function receiver(delayMs: number) {
  const server = createServer(async (request, response) => {
    request.resume()
    await sleep(delayMs)
    response.writeHead(204).end()
    server.emit('told')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
