/**
 * Every call of the service by every kind of caller. docs/access.md specifies the answers; this checks the running
 * service against it: no call may be missing from the table, no answer may contain a byte of another site, and nothing
 * that is refused may leave a trace.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { everything } from '../support/world.ts'
import { readAccessTable } from './access-table.ts'
import { type CallerName, type Credentials, callers, consoleHeader, makeCallers, strangersTo } from './callers.ts'
import { type SampleCall, sampleCalls } from './sample-calls.ts'
import { bravo, startWorld, type World } from './two-sites.ts'

const table = readAccessTable()

/** Most calls are refused before the database is queried; in these, the query keeps the sites apart. */
const apartByQuery = table.filter(({ needs, cells }) => needs !== null && cells["other site's admin"] !== '403')
const shown = { sqlite: table, postgres: apartByQuery }

for (const engine of engines) {
  describe(`${engine}: who may call what`, () => {
    let world: World
    let credentials: Credentials
    let clients = 0
    const routes = new Set<string>()

    beforeAll(async () => {
      const watch = (message: unknown) => watchRoutes((message as { fastify: FastifyInstance }).fastify, routes)
      subscribe('fastify.initialization', watch)
      world = await startWorld(engine)
      unsubscribe('fastify.initialization', watch)
      credentials = await makeCallers(world.service)
    })
    afterAll(() => world.service.close())

    async function send(call: SampleCall, method: string, headers: Record<string, string>) {
      clients += 1
      const answer = await world.service.app.inject({
        method: method as NonNullable<InjectOptions['method']>,
        url: call.path,
        headers,
        remoteAddress: `10.0.${clients >> 8}.${clients & 255}`,
        ...(call.body && { payload: call.body }),
      })
      return { status: String(answer.statusCode), body: answer.body, headers: answer.headers }
    }

    it('the table has every route of the service, and nothing else', () => {
      const tabled = new Set(table.map(({ method, path }) => `${method} ${path}`))
      expect([...tabled].sort()).toEqual([...routes].sort())
    })

    it.each(shown[engine])('$name', async ({ name, method, path, needs, cells }) => {
      const sample = sampleCalls[name]
      if (sample === undefined) throw new Error(`sample-calls.ts has no call for ${name}`)
      const isRefused = (caller: CallerName) => Number(cells[caller]) >= 400
      const headersOf = await credentials(needs ?? [])
      const found: Record<string, string> = {}

      async function call(caller: CallerName, about: SampleCall) {
        const headers = { ...headersOf[caller], ...about.headers }
        if (caller === 'cookie alone') delete headers[consoleHeader]
        const answer = await send(about, method, headers)
        found[caller] = answer.status
        if (method === 'GET') expect((await send(about, 'HEAD', headers)).status).toBe(answer.status)
        expect(unguarded(path, answer.headers), caller).toEqual([])
        if (needs === null) return
        const stranger = strangersTo[caller]
        if (stranger !== undefined) expect(everyByteOf(answer), `${caller} reads`).not.toContain(stranger)
        if (caller === 'host') expect(everyByteOf(answer), 'a host reads').not.toContain('benjamin')
      }

      const forRefused = await sample(world)
      const before = await everything(world.service.store)
      for (const caller of callers.filter(isRefused)) await call(caller, forRefused)
      const after = await everything(world.service.store)
      expect(after).toEqual(before)

      const letIn = callers.filter(caller => !isRefused(caller))
      const carryOut = async (caller: CallerName) => {
        const about = await sample(world)
        await call(caller, about)
        await about.over?.()
      }
      for (const caller of letIn.filter(each => !isFromBravo(each))) await carryOut(caller)
      // What an administrator of everything does to the first site does not affect the second one either.
      expect(rowsOfBravo(await everything(world.service.store))).toEqual(rowsOfBravo(after))
      for (const caller of letIn.filter(isFromBravo)) await carryOut(caller)
      expect(found).toEqual(cells)
    })
  })
}

/** Records every route that an app registers. HEAD follows GET, and routes that answer 405 do not count. */
function watchRoutes(app: FastifyInstance, routes: Set<string>): void {
  app.addHook('onRoute', ({ method, url }) => {
    if (typeof method === 'string' && method !== 'HEAD') routes.add(`${method} ${url}`)
  })
}

function everyByteOf(answer: { body: string; headers: object }): string {
  return (answer.body + JSON.stringify(answer.headers)).toLowerCase()
}

/** Security headers that are missing from this answer. */
function unguarded(path: string, headers: OutgoingHttpHeaders): string[] {
  const policy = String(headers['content-security-policy'])
  const guarded: Record<string, boolean> = {
    nosniff: headers['x-content-type-options'] === 'nosniff',
    'no frames': headers['x-frame-options'] === 'DENY' && policy.includes("frame-ancestors 'none'"),
    'nothing from elsewhere': policy.startsWith("default-src 'none'") && !/\*|https?:|unsafe-eval/.test(policy),
    'no scripts in pages': !/script-src[^;]*unsafe-inline/.test(policy),
    'no referrer': headers['referrer-policy'] === 'no-referrer',
    'own origin alone': headers['cross-origin-resource-policy'] === 'same-origin',
    'not kept': isPage(path) || headers['cache-control'] === 'no-store',
    'for nobody else': headers['access-control-allow-origin'] === undefined,
  }
  return Object.keys(guarded).filter(name => !guarded[name])
}

/** Public content may be cached. */
function isPage(path: string): boolean {
  return !/^\/(api|v1|meet|metrics)/.test(path)
}

function isFromBravo(caller: CallerName): boolean {
  return caller.startsWith('other site')
}

/** Every row that mentions the second site: by name, or by its number 1, because it was added first. */
function rowsOfBravo(tables: Record<string, unknown[]>): string[] {
  const rows = Object.values(tables).flat().map(String)
  return rows.filter(row => /"(site_id|chosen_site)":"?1"?[,}]/.test(row) || row.includes(bravo.word))
}
