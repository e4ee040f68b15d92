/** Which client a call counts for, when anybody can put any address into a header. */

import Fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { addresses } from '#roomkey/cli/options/options.js'
import { buildServer } from '#roomkey/http/server.js'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const guesses = 60
const lookups = 120

for (const engine of engines) {
  describe(`${engine}: limits per client`, () => {
    let service: TestService
    let app: TestService['app']
    afterEach(async () => {
      await app.close()
      await service.close()
    })

    async function start(trustProxy?: string) {
      service = await startService(engine)
      await service.addPeople(await service.addSite(), [{ email: 'ada@example.com' }])
      app = await buildServer({ store: service.store, rateLimit: null, ...(trustProxy && { trustProxy }) })
    }

    /** The statuses of calls whose nth has this header, sent through the machine at 10.0.0.7. */
    async function statuses(count: number, url: string, forwarded: (index: number) => string) {
      const found: number[] = []
      for (let index = 0; index < count; index += 1) {
        const headers = {
          authorization: 'Bearer nobody',
          'x-forwarded-for': forwarded(index),
          forwarded: `for=${index}`,
        }
        found.push((await app.inject({ url, headers, remoteAddress: '10.0.0.7' })).statusCode)
      }
      return found
    }
    const times = (count: number, status: number) => Array.from({ length: count }, () => status)

    it('cannot be evaded with a new X-Forwarded-For each time', async () => {
      await start()
      const spoofed = (index: number) => `203.0.113.${index}`
      expect(await statuses(guesses + 3, '/api/sites', spoofed)).toEqual([...times(guesses, 401), 429, 429, 429])
      expect(await statuses(lookups + 2, '/meet/ada', spoofed)).toEqual([...times(lookups, 200), 429, 429])
    })

    it('count the clients of a trusted proxy, each by what the proxy says and not by what the client says', async () => {
      await start('192.168.0.0/16, 10.0.0.7')
      const spoofed = (client: string) => (index: number) => `203.0.113.${index}, 127.0.0.1, ${client}`
      expect(await statuses(guesses + 1, '/api/sites', spoofed('198.51.100.1'))).toEqual([...times(guesses, 401), 429])
      expect(await statuses(1, '/api/sites', spoofed('198.51.100.2'))).toEqual([401])
    })

    it('ignore what an untrusted client says in the name of a proxy', async () => {
      await start('10.9.9.9')
      expect(await statuses(guesses + 1, '/api/sites', index => `203.0.113.${index}`)).toEqual([
        ...times(guesses, 401),
        429,
      ])
    })

    it('let a trusted proxy say under which name and scheme it is reached', async () => {
      const links = async () => {
        const headers = {
          authorization: `Bearer ${service.token}`,
          'x-forwarded-proto': 'https',
          'x-forwarded-host': 'rooms.example.com',
        }
        const url = `/api/sites/${siteUrl}/rooms?max=1`
        return (await app.inject({ url, headers, remoteAddress: '10.0.0.7' })).headers.link
      }
      await start('10.0.0.7')
      await service.addPeople(1, [{ email: 'ben@example.com' }])
      expect(await links()).toMatch(/^<https:\/\/rooms\.example\.com\/api/)
      await app.close()
      app = await buildServer({ store: service.store, rateLimit: null })
      expect(await links()).toMatch(/^<http:\/\/localhost/)
    })
  })
}

describe('--trust-proxy', () => {
  const taken = (word: string) => {
    try {
      return addresses(word) === word
    } catch {
      return false
    }
  }

  it.each(['10.0.0.7', '10.0.0.7, fd00::/8', '192.168.0.0/24', '::1', '::ffff:10.0.0.1/120', '128.0.0.0/1'])(
    'takes %s, and so does the server',
    word => {
      expect(taken(word)).toBe(true)
      expect(() => Fastify({ trustProxy: word })).not.toThrow()
    },
  )

  it.each(['0.0.0.0/0', '::/0', '10.0.0.7,0.0.0.0/00', 'fe80::1%lo', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy', ''])(
    'refuses %s',
    word => expect(taken(word)).toBe(false),
  )
})
