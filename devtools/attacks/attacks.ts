/** What somebody can do who wants to hurt a service: without a token, or with one that may do little. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Attacked {
  url: string
  /** Of the administrator of one site, and of a user of it. */
  siteAdministrator: string
  user: string
  /** Of an administrator of everything. */
  token: string
  site: string
  otherSite: string
}

/** Counts of what came of it, such as statuses of answers. */
export type Outcome = Record<string, number>

export type Attack = (service: Attacked, seconds: number) => Promise<Outcome>

const json = { 'content-type': 'application/json' }
const bearer = (token: string) => ({ authorization: `Bearer ${token}`, ...json })

export const attacks: Record<string, Attack> = {
  'nobody attacks': async (_, seconds) => {
    await sleep(seconds * 1000)
    return {}
  },

  'two bodies of 60 MiB of unknown fields, by the administrator of another site': async ({
    url,
    siteAdministrator,
  }) => {
    const body = manyFields(60)
    return together(2, () => send(`${url}/api/sites/nobody.webex.com/rotations`, bearer(siteAdministrator), body))
  },

  'bodies of 1 MB to the sign-in, 40 clients without a token': ({ url }, seconds) => {
    const body = manyFields(0.95)
    const headers = { ...json, 'x-roomkey-console': '1' }
    return repeatedly(40, seconds, () => send(`${url}/api/session`, headers, body))
  },

  'bodies of 1 MB by a user, 4 clients': ({ url, user }, seconds) => {
    const body = manyFields(0.95)
    const path = `${url}/v1/meetingPreferences/personalMeetingRoom`
    return repeatedly(4, seconds, () => send(path, bearer(user), body, 'PUT'))
  },

  'bodies as long as they may be, 8 clients': ({ url, user }, seconds) => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 1990 }, (_, n) => [`f${n}`, n])))
    const path = `${url}/v1/meetingPreferences/personalMeetingRoom`
    return repeatedly(8, seconds, () => send(path, bearer(user), body, 'PUT'))
  },

  '100 rehearsals at once': async ({ url, siteAdministrator, site }) => {
    const path = `${url}/api/sites/${site}/rotations`
    const wish = { people: { who: 'everyone' }, ids: { kind: 'words', bits: 40 }, canary: 0, freeze: false }
    const planned = await fetch(path, {
      method: 'POST',
      headers: bearer(siteAdministrator),
      body: JSON.stringify(wish),
    })
    const { number } = (await planned.json()) as { number: number }
    await sleep(3000)
    return together(100, () => send(`${path}/${number}/rehearse`, bearer(siteAdministrator), '{}'))
  },

  '1000 connections that never finish a request': async ({ url }, seconds) => {
    const { hostname, port } = new URL(url)
    const sockets = Array.from({ length: 1000 }, () => {
      const socket = connect({ host: hostname, port: Number(port) })
      socket.on('error', () => undefined)
      socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nX-Slow: ')
      return socket
    })
    await sleep(seconds * 1000)
    for (const socket of sockets) socket.destroy()
    return {}
  },

  'webhooks of one site that take 9.5 s, and 20 changes': slowReceivers,
}

/** How long another site's webhook waits, in milliseconds. */
async function slowReceivers({ url, token, siteAdministrator, site, otherSite }: Attacked): Promise<Outcome> {
  const slow = await receiver(9500)
  const quick = await receiver(0)
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
  for (let n = 0; n < 20; n += 1) await refresh(site, 'john.andersen@example.com', `slow-${n}`)
  await sleep(2000)
  const began = performance.now()
  await refresh(otherSite, 'ada@other.example.com', 'other-1')
  await Promise.race([once(quick.server, 'told'), sleep(150_000)])
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

function manyFields(mebibytes: number): string {
  const parts: string[] = []
  for (let n = 0, size = 0; size < mebibytes * 2 ** 20; n += 1) {
    parts.push(`"${n}":1`)
    size += parts.at(-1)!.length + 1
  }
  return `{${parts.join(',')}}`
}

async function send(url: string, headers: Record<string, string>, body: string, method = 'POST'): Promise<string> {
  try {
    const answer = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(180_000) })
    await answer.arrayBuffer()
    return String(answer.status)
  } catch {
    return 'no answer'
  }
}

async function together(times: number, act: () => Promise<string>): Promise<Outcome> {
  return count(await Promise.all(Array.from({ length: times }, act)))
}

async function repeatedly(clients: number, seconds: number, act: () => Promise<string>): Promise<Outcome> {
  const until = Date.now() + seconds * 1000
  const each = async () => {
    const outcomes: string[] = []
    while (Date.now() < until) outcomes.push(await act())
    return outcomes
  }
  return count((await Promise.all(Array.from({ length: clients }, each))).flat())
}

function count(outcomes: string[]): Outcome {
  const counts: Outcome = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
