import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Of the batch refresh: everybody calls it by the end of its path. */
const shortNames: Record<string, string> = { refreshRoomIds: 'refreshId' }

/** The names by which tests mean calls of Webex: from their titles in Webex's documentation, or by method and path. */
export class CallNames {
  readonly #names = new Set<string>()

  /** Learns the calls that are added from here on. */
  learn(app: FastifyInstance): void {
    app.addHook('onRoute', ({ method, url, schema, config }) => {
      if (!url.startsWith('/v1/') || method === 'HEAD') return
      const { operationId, summary } = (schema ?? {}) as { operationId?: string; summary?: string }
      if (config === undefined || summary === undefined) return
      const name = (operationId && shortNames[operationId]) ?? camelCase(summary)
      Object.assign(config, { callName: name })
      for (const each of [name, `${method} ${url.slice('/v1'.length)}`]) this.#names.add(each)
    })
  }

  has(name: string): boolean {
    return this.all().some(known => known.toLowerCase() === name.toLowerCase())
  }

  all(): string[] {
    return [...this.#names]
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    callName?: string
  }
}

/** The names of a call, in lower case; none for what is not a call of Webex. */
export function namesOf(request: FastifyRequest): string[] {
  const { callName } = request.routeOptions.config
  const path = request.routeOptions.url?.slice('/v1'.length)
  return callName === undefined ? [] : [callName, `${request.method} ${path}`].map(name => name.toLowerCase())
}

/** `Get Person Details` is `getPersonDetails`. */
function camelCase(title: string): string {
  return title
    .split(/\W+/)
    .map((word, index) => (index === 0 ? word.toLowerCase() : word[0]!.toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
}
