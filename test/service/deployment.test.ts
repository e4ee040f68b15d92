/** What a deployment hears of itself. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8')

it('says where others can read what it sends, unless a proxy is named', async () => {
  const folder = await temporaryFolder()
  const said = async (...words: string[]) => {
    const service = await serve(folder, words)
    await stop(service)
    return service.output.includes('it speaks no TLS')
  }
  expect(await said('--host', '0.0.0.0')).toBe(true)
  expect(await said('--host', '0.0.0.0', '--trust-proxy', '10.0.0.7')).toBe(false)
  expect(await said('--host', '127.0.0.2')).toBe(false)
  expect(await said('--host', 'localhost')).toBe(false)
  await removeFolder(folder)
}, 60_000)

it('is healthy in its container while it is ready, and on a Node that is supported', async () => {
  const [program, ...words] = JSON.parse(/^HEALTHCHECK[^\n]*\\\n +CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[]
  expect(program).toBe('node')
  const folder = await temporaryFolder()
  const service = await serve(folder)
  const health = () =>
    spawnSync(process.execPath, words, { env: { ...process.env, PORT: new URL(service.url).port } }).status
  expect(health()).toBe(0)
  await stop(service)
  expect(health()).toBe(1)
  expect([...dockerfile.matchAll(/^ARG \w+_IMAGE=node:(\d+)-/gm)].map(([, major]) => major)).toEqual(['24', '24'])
  await removeFolder(folder)
}, 30_000)
