/** Faults below any route, over a real socket: answered in the usual shape, promptly, and never with 5xx. */
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionsFor } from '#roomkey/http/limits/connections.js'
import { engines } from '../support/engines.ts'
import { exchange } from '../support/raw-http.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

describe('HTTP itself', () => {
  let service: TestService
  let port: number

  beforeEach(async () => {
    service = await startService('sqlite')
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    port = (service.app.server.address() as AddressInfo).port
  })
  afterEach(() => service.close())

  async function send(lines: string[]) {
    const { answers } = await exchange(port, [Buffer.from(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`)])
    const { status, headers, body } = answers[0]!
    expect(headers.trackingid).toMatch(/^ROOMKEY_/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    return { status, words: status < 400 ? '' : JSON.parse(body).errors[0].description }
  }

  it('requires a valid Host', async () => {
    expect(await send(['GET /healthz HTTP/1.1'])).toEqual({ status: 400, words: 'Send the header Host.' })
    for (const host of ['[::1', 'a b', 'elsewhere.test:99999', 'a/b', 'user@host', 'é']) {
      const answer = await send(['GET /healthz HTTP/1.1', `Host: ${host}`])
      expect([host, answer]).toEqual([host, { status: 400, words: 'The header Host is not well formed.' }])
    }
    for (const host of ['', 'localhost', 'example.webex.com:8787', '127.0.0.1', '[::1]:8787', 'a_b']) {
      expect((await send(['GET /healthz HTTP/1.1', `Host: ${host}`])).status).toBe(200)
    }
    expect((await send(['GET /healthz HTTP/1.0'])).status).toBe(200)
  })

  it.each([
    ['/api/session', 413],
    ['/v1/webhooks', 401],
  ])(
    'drains the body of a client that is still sending, which would otherwise get a reset instead of the answer: %s, %i',
    async (path, status) => {
      const mebibytes = 4
      const socket = connect({ port, host: '127.0.0.1' })
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Roomkey-Console: 1\r\nContent-Type: application/json\r\nContent-Length: ${mebibytes * 2 ** 20}\r\n\r\n`,
      )
      for (let sent = 0; sent < mebibytes; sent += 1) {
        await sleep(50)
        socket.write(Buffer.alloc(2 ** 20, ' '))
      }
      expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} .*"trackingId"`, 's'))
    },
  )

  it('accepts neither Expect nor Content-Encoding', async () => {
    expect((await send(['GET /healthz HTTP/1.1', 'Host: x', 'Expect: a-miracle'])).status).toBe(200)
    const packed = await send(['POST /api/session HTTP/1.1', 'Host: x', 'Content-Encoding: gzip', 'Content-Length: 0'])
    expect(packed).toEqual({ status: 415, words: 'Send the body as it is, without a Content-Encoding.' })
  })

  it('leaves files for everything else, however many connect', async () => {
    expect([256, 1024, 4096, 2 ** 20, Number.POSITIVE_INFINITY].map(connectionsFor)).toEqual([
      64, 640, 3712, 16_384, 16_384,
    ])
    const { server } = service.app
    expect(server.maxConnections).toBeGreaterThanOrEqual(64)
    server.maxConnections = 20
    const idle = Array.from({ length: 30 }, () => connect({ port, host: '127.0.0.1' }))
    const ends = idle.map(socket => new Promise(resolve => socket.on('error', () => undefined).on('close', resolve)))
    await Promise.race(ends)
    const open = () => idle.filter(socket => !socket.destroyed).length
    while (open() > 20) await sleep(20)
    for (const socket of idle) socket.destroy()
    await Promise.all(ends)
    expect(await send(['GET /healthz HTTP/1.1', 'Host: x'])).toMatchObject({ status: 200 })
  })

  it('cuts off clients that never finish', { timeout: 60_000 }, async () => {
    service.app.server.requestTimeout = 500
    service.app.server.headersTimeout = 500
    const slow = [
      'GET /healthz HTTP/1.1\r\nX-Slow:',
      'POST /api/session HTTP/1.1\r\nHost: x\r\nX-Roomkey-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ]
    for (const { answers, end } of await Promise.all(slow.map(text => exchange(port, [Buffer.from(text)])))) {
      expect(end).toBe('closed')
      expect(JSON.parse(answers[0]!.body).errors[0].description).toBe('The request took too long to arrive.')
    }
  })
})

describe('a long name in a path', () => {
  it('is found', async () => {
    const service = await startService('sqlite')
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.webex.com`
    await service.addPeople(await service.addSite(undefined, long), [{ personId: '🔑'.repeat(120) }])
    expect((await service.call('GET', `/api/sites/${long}`)).status).toBe(200)
    const room = `/api/sites/${long}/rooms/${encodeURIComponent('🔑'.repeat(120))}`
    expect((await service.call('GET', room)).status).toBe(200)
    expect((await service.call('GET', `/api/sites/${'a'.repeat(5000)}`)).status).toBe(400)
    await service.close()
  })
})

for (const engine of engines) {
  describe(`${engine}: cursors`, () => {
    it('are refused unless the service made them, and so are numbers beyond any database', async () => {
      const service = await startService(engine)
      await service.addPeople(await service.addSite(), [{ email: 'ada@example.com' }])
      const refused = [
        [`/api/sites/${siteUrl}/rotations`, [2 ** 31]],
        [`/api/sites/${siteUrl}/rooms/person-ada/history`, [-(2 ** 40)]],
        [`/api/sites/${siteUrl}/ids/ada`, [2 ** 53 - 1]],
        [`/api/sites/${siteUrl}/rooms`, [2 ** 33, 'a', 1]],
        [`/api/sites/${siteUrl}/rooms`, [-1, '', 0]],
        ['/v1/people', [1, '', 2 ** 32]],
      ] as const
      for (const [path, place] of refused) {
        const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
        expect((await service.call('GET', `${path}?cursor=${cursor}`)).status).toBe(400)
      }
      const far = Buffer.from(JSON.stringify([Date.now() * 2, 2 ** 40])).toString('base64url')
      expect((await service.call('GET', `/api/sites/${siteUrl}/changes?cursor=${far}`)).status).toBe(200)
      await service.close()
    })
  })
}
