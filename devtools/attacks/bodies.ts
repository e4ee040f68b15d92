/** Bodies that are large, full of fields, or never whole. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack, Attacked } from './attacked.ts'
import { bearer, json, type Outcome, repeatedly, send, together } from './send.ts'

const room = ({ url }: Attacked) => `${url}/v1/meetingPreferences/personalMeetingRoom`

export const bodyAttacks: Record<string, Attack> = {
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

  'bodies of 1 MB by a user, 4 clients': (attacked, seconds) => {
    const body = manyFields(0.95)
    return repeatedly(4, seconds, () => send(room(attacked), bearer(attacked.user), body, 'PUT'))
  },

  'bodies as long as they may be, 8 clients': (attacked, seconds) => {
    const body = JSON.stringify(Object.fromEntries(Array.from({ length: 1990 }, (_, n) => [`f${n}`, n])))
    return repeatedly(8, seconds, () => send(room(attacked), bearer(attacked.user), body, 'PUT'))
  },

  'tables of 60 MiB, 4 clients': ({ url, siteAdministrator, site }, seconds) => {
    const plan = encodeURIComponent('{"ids":{"kind":"words","bits":40},"canary":0,"freeze":false}')
    const body = `email\n${Array.from({ length: 60 * 2 ** 17 }, (_, n) => `${n.toString(36)}@a.b`).join('\n')}`
    const path = `${url}/api/sites/${site}/rotations/listed?name=table.csv&plan=${plan}`
    const headers = { ...bearer(siteAdministrator), 'content-type': 'text/csv' }
    return repeatedly(4, seconds, () => send(path, headers, body))
  },

  '1000 connections that never finish a request': (attacked, seconds) =>
    unfinished(attacked, seconds, 1000, 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nX-Slow: '),

  'bodies that come a byte at a time, 200 clients': (attacked, seconds) =>
    unfinished(
      attacked,
      seconds,
      200,
      `PUT /v1/meetingPreferences/personalMeetingRoom HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${attacked.user}\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n{`,
    ),
}

/** Connections that begin so, go on with a byte now and then, and never end by themselves. */
async function unfinished({ url }: Attacked, seconds: number, count: number, start: string): Promise<Outcome> {
  const { hostname, port } = new URL(url)
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.on('error', () => undefined).resume()
    socket.write(start)
    return socket
  })
  const until = Date.now() + seconds * 1000
  while (Date.now() < until) {
    await sleep(Math.min(500, until - Date.now()))
    for (const socket of sockets) if (socket.writable) socket.write(' ')
  }
  for (const socket of sockets) socket.destroy()
  return {}
}

function manyFields(mebibytes: number): string {
  const parts: string[] = []
  for (let n = 0, size = 0; size < mebibytes * 2 ** 20; n += 1) {
    parts.push(`"${n}":1`)
    size += parts.at(-1)!.length + 1
  }
  return `{${parts.join(',')}}`
}
