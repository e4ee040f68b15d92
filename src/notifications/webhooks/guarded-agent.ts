import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'
import { isPublicAddress } from './public-address.ts'

const connectMs = 5000

/**
 * Connections for webhooks. Addresses are checked when connecting, after the name was resolved, so a name that resolves
 * to another address the next time gains nothing.
 */
export function guardedAgent(allowPrivate: boolean): Agent {
  const connect = buildConnector({ timeout: connectMs, ...(allowPrivate ? {} : { lookup: publicLookup }) })
  return new Agent({
    connections: 4,
    keepAliveTimeout: 5000,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return callback(new PrivateAddress(), null)
      connect(options, callback)
    },
  })
}

/** The message names no address: the answer must not reveal what a name resolves to inside the network. */
class PrivateAddress extends MessageError {
  constructor() {
    super(message('addressPrivate'))
  }
}

const publicLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) return callback(error, [])
    const reachable = found.filter(({ address }) => isPublicAddress(address))
    const [first] = reachable
    if (first === undefined) return callback(new PrivateAddress(), [])
    if (options.all) callback(null, reachable)
    else callback(null, first.address, first.family)
  })
}
