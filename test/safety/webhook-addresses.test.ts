/** Webhooks give no access to the internal network: the address that is connected to is the one that was checked. */
import dns, { type LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { message } from '#roomkey/messages/message.js'
import { isPublicAddress } from '#roomkey/notifications/webhooks/public-address.js'
import { openSender, type Sender } from '#roomkey/notifications/webhooks/sender.js'

const post = { body: '{}', headers: { 'content-type': 'application/json' } }
const refusal = message('addressPrivate')
const resolve = dns.lookup

/** Of the service that stops: it does not. */
const never = new AbortController().signal

describe('the address of a webhook', () => {
  let sender: Sender
  let port: number
  let server: ReturnType<typeof createServer>
  let asked: string[]
  let lookups: string[]

  beforeEach(async () => {
    asked = []
    lookups = []
    server = createServer((request, response) => {
      asked.push(request.url!)
      response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  })
  afterEach(async () => {
    dns.lookup = resolve
    syncBuiltinESMExports()
    await sender.close()
    server.close()
  })

  /** Every name resolves to the next of these lists. */
  function resolveTo(...lists: string[][]) {
    dns.lookup = ((host: string, _options: object, callback: (error: null, found: LookupAddress[]) => void) => {
      const list = lists[Math.min(lookups.length, lists.length - 1)]!
      lookups.push(host)
      callback(
        null,
        list.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }) as typeof dns.lookup
    syncBuiltinESMExports()
  }

  it.each([
    [['127.0.0.1']],
    [['10.0.0.1', '192.168.1.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['::ffff:7f00:1']],
    [['64:ff9b::7f00:1']],
    [['fe80::1', 'fd00::1']],
    [['0.0.0.0', '::']],
    [[]],
  ])('must not be a name that resolves to %s', async addresses => {
    sender = openSender(false)
    resolveTo(addresses)
    expect(await sender.send(`http://receiver.test:${port}/`, post, never)).toEqual(refusal)
    expect(asked).toEqual([])
  })

  it('is resolved once, so that it cannot change between check and connection', async () => {
    sender = openSender(false)
    resolveTo(['127.0.0.1'], ['192.0.66.1'])
    expect(await sender.send(`http://rebinding.test:${port}/`, post, never)).toEqual(refusal)
    expect(lookups).toEqual(['rebinding.test'])
    // An address that was allowed the first time is checked again the next time.
    resolveTo(['127.0.0.1'])
    expect(await sender.send(`http://rebinding.test:${port}/`, post, never)).toEqual(refusal)
    expect(asked).toEqual([])
  })

  it('may be this machine only where the operator says so, and redirects are not followed', async () => {
    sender = openSender(true)
    expect(await sender.send(`http://127.0.0.1:${port}/hook`, post, never)).toEqual(
      message('responseStatus', { status: '307' }),
    )
    expect(asked).toEqual(['/hook'])
  })

  it('must not be in a network that is not public, however it is written', () => {
    sender = openSender(false)
    const octet = fc.nat(255)
    const inside = fc.oneof(
      fc.tuple(fc.constantFrom('10', '127', '0'), octet, octet, octet),
      fc.tuple(fc.constant('192'), fc.constant('168'), octet, octet),
      fc.tuple(fc.constant('172'), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant('169'), fc.constant('254'), octet, octet),
      fc.tuple(fc.constant('100'), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    )
    fc.assert(
      fc.property(inside, octets => {
        const address = octets.join('.')
        const hex = octets.map(each => Number(each).toString(16).padStart(2, '0'))
        const asSix = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`
        const ways = [
          address,
          `::ffff:${address}`,
          `::ffff:${asSix}`,
          `::${asSix}`,
          `64:ff9b::${asSix}`,
          `2002:${asSix}::`,
        ]
        return ways.every(way => !isPublicAddress(way))
      }),
    )
    for (const address of ['8.8.8.8', '192.0.66.1', '2606:4700::1111', '100.128.0.1', '172.32.0.1']) {
      expect([address, isPublicAddress(address)]).toEqual([address, true])
    }
  })
})
