/** A plan of the people in a table that is sent as a stream. */
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesSource } from '#roomkey/directory/files/bytes/table-source.js'
import { readPeopleList } from '#roomkey/directory/files/people-list.js'
import { openTable } from '#roomkey/directory/files/read-table.js'
import { readPeopleOfBody } from '#roomkey/http/rotations/plan-request.js'
import { type Answer, siteUrl, startService, type TestService } from '../support/service.ts'

const wish = { ids: { kind: 'words', bits: 40 }, canary: 0, freeze: false, allowUnmatched: true }

describe('a table of people', () => {
  let service: TestService
  let url: string
  beforeAll(async () => {
    service = await startService('sqlite')
    const siteId = await service.addSite()
    await service.addPeople(siteId, [{ email: 'ada@example.com' }, { email: 'ben@example.com' }])
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`
  })
  afterAll(() => service.close())

  const path = (plan: object = wish, site = siteUrl) =>
    `/api/sites/${site}/rotations/listed?${new URLSearchParams({ name: 'people.csv', plan: JSON.stringify(plan) })}`
  async function send(body: string | Buffer, plan: object = wish, type = 'text/csv', token = service.token) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type }
    const answer = await fetch(url + path(plan), { method: 'POST', headers, body: body as never })
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      body: (await answer.json()) as Answer['body'],
    }
  }

  it('is planned, in whatever encoding, and larger than any other body', async () => {
    const others = Array.from({ length: 20_000 }, (_, n) => `somebody.else.${n}@example.com`)
    const table = `email\nada@example.com\n${others.join('\n')}\n`
    expect(table.length).toBeGreaterThan(600_000)
    for (const [bytes, type] of [
      [Buffer.from(table), 'text/csv'],
      [Buffer.from(`\ufeff${table}`, 'utf16le'), 'application/octet-stream'],
    ] as const) {
      const { status, body } = await send(bytes, wish, type)
      expect(status).toBe(201)
      const planned = async () => (await service.call('GET', `/api/sites/${siteUrl}/rotations/${body.number}`)).body
      while ((await planned()).state === 'planning') await sleep(50)
      expect(await planned()).toMatchObject({ state: 'planned', counts: { pending: 1 } })
    }
  })

  it('and what is asked of it are refused in words that say what is wrong', async () => {
    const wordsOf = async (...sent: Parameters<typeof send>) => {
      const { status, body } = await send(...sent)
      return [status, body.errors[0].description]
    }
    const table = 'email\nada@example.com\n'
    expect(await wordsOf('nothing\n1\n')).toEqual([400, expect.stringContaining('no column with e-mail addresses')])
    expect(await wordsOf('')).toEqual([400, expect.stringContaining('people.csv is empty')])
    expect(await wordsOf(table, { ...wish, canary: -1 })).toEqual([400, expect.stringMatching(/^canary/)])
    expect(await wordsOf(table, { ...wish, people: {} })).toEqual([400, 'Unknown field "people".'])
    expect(await wordsOf(table, wish, 'image/png')).toEqual([415, expect.any(String)])
    const { status } = await service.call('POST', `/api/sites/${siteUrl}/rotations/listed?name=x&plan={`, table, {
      'content-type': 'text/csv',
    })
    expect(status).toBe(400)
    const elsewhere = await service.addToken({ role: 'siteAdmin', sites: ['elsewhere.webex.com'] })
    expect((await send(table, wish, 'text/csv', elsewhere)).status).toBe(403)
  })

  it('is received one at a time, and a client that hangs up makes room for the next', async () => {
    const { port } = service.app.server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    socket.write(
      `POST ${path()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.token}\r\nContent-Type: text/csv\r\nContent-Length: 1000\r\n\r\nemail\n`,
    )
    await sleep(200)
    const other = await service.addToken({})
    await service.addSite(undefined, 'other.webex.com')
    const table = 'email\nada@example.com\n'
    expect(await send(table, wish, 'text/csv', other)).toMatchObject({ status: 429, retryAfter: '15' })
    const elsewhere = await fetch(url + path(wish, 'other.webex.com'), {
      method: 'POST',
      headers: { authorization: `Bearer ${other}`, 'content-type': 'text/csv' },
      body: table,
    })
    expect([elsewhere.status, elsewhere.headers.get('retry-after')]).toEqual([503, '15'])
    socket.destroy()
    await expect.poll(async () => (await send(table)).status, { timeout: 10_000 }).toBe(201)
  })

  it('is refused with more people than it may have', async () => {
    const table = await openTable(bytesSource('x', Buffer.from('email\na@b.c\nb@b.c\nc@b.c\n')))
    expect((await readPeopleList(table, siteUrl, 3)).list.people.size).toBe(3)
    await expect(readPeopleList(table, siteUrl, 2)).rejects.toThrow('x lists more than 2 people; split it')
  })

  it('is refused beyond 64 MiB, and the client is told', async () => {
    const mebibyte = Buffer.alloc(2 ** 20, 'a@example.com\n')
    const raw = Readable.from(Array.from({ length: 65 }, () => mebibyte))
    await expect(readPeopleOfBody({ raw } as never, 'x', siteUrl)).rejects.toMatchObject({ status: 413 })
    const { port } = service.app.server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(
      `POST ${path()} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${service.token}\r\nContent-Type: text/csv\r\nContent-Length: ${66 * 2 ** 20}\r\n\r\n`,
    )
    for (let sent = 0; sent < 66; sent += 1) socket.write(mebibyte)
    expect(await text(socket)).toMatch(/^HTTP\/1.1 413 /)
  })
})
