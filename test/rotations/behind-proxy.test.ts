/** A service behind a proxy that puts its own name into `Host`, as nginx does where nothing else is configured. */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

it('is listed whole, by plan and audit alike, and the administrator is told', async () => {
  const folder = await temporaryFolder()
  const service = await serve(folder, ['--demo', '1200'])
  const { hostname, port } = new URL(service.url)
  const tokens = new Set<string | undefined>()
  const proxy = createServer((asked, answer) => {
    tokens.add(asked.headers.authorization)
    const headers = { ...asked.headers, host: 'backend.internal:8080' }
    const on = request({ hostname, port, method: asked.method, path: asked.url, headers }, given => {
      answer.writeHead(given.statusCode ?? 502, given.headers)
      given.pipe(answer)
    })
    asked.pipe(on)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const env = { ROOMKEY_TOKEN: await tokenOf(folder) }
  const words = ['--site', 'example.webex.com', '--data', folder, '--json']

  const direct = await roomkey(['plan', ...words], { env, cwd: folder })
  const behind = await roomkey(['plan', ...words, '--target', url], { env, cwd: folder })
  const [one, other] = [direct, behind].map(({ stdout }) => JSON.parse(stdout))
  expect(one.moves).toBeGreaterThan(1000)
  expect([other.moves, other.left]).toEqual([one.moves, one.left])
  expect(one.warnings).toEqual([])
  expect(JSON.stringify(other.warnings)).toContain(
    `names its next page at http://backend.internal:8080. It was read at ${url} all the same`,
  )
  expect(tokens.size).toBe(1)

  const audited = await roomkey(['audit', ...words, '--target', url], { env, cwd: folder })
  const here = await roomkey(['audit', ...words], { env, cwd: folder })
  expect(JSON.parse(here.stdout).rooms).toBeGreaterThan(1000)
  expect(JSON.parse(audited.stdout).rooms).toEqual(JSON.parse(here.stdout).rooms)
  expect(audited.stderr).toContain('backend.internal')
  proxy.closeAllConnections()
  proxy.close()
  await stop(service)
  await removeFolder(folder)
}, 120_000)
