/**
 * What a Node and a driver that do not fit each other end with is a crash in a garbage collection: here there are many,
 * in the service and in commands beside it, while both work. `npm run test:node` has this on every Node that is supported.
 */
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { startLoad } from './load.ts'

const seconds = Number(process.env.ROOMKEY_LOAD_SECONDS ?? 4)

it(`sqlite: garbage collections in every thread do not end the service or a command in ${seconds} seconds of load on Node ${process.versions.node}`, {
  timeout: (seconds + 120) * 1000,
}, async () => {
  const folder = await temporaryFolder()
  onTestFinished(() => removeFolder(folder))
  const collections = join(folder, 'collections')
  const preload = new URL('collect-garbage.mjs', import.meta.url).href
  const env = { NODE_OPTIONS: `--import ${preload}`, COLLECTIONS: collections }
  const service = await serve(folder, ['--demo', '250'], env)
  onTestFinished(async () => void (await stop(service)))
  const load = startLoad(service.url, await tokenOf(folder))

  const end = performance.now() + seconds * 1000
  const commands = [
    ['audit'],
    ['plan', '--site', 'example.webex.com'],
    ['rotations'],
    ['people', 'export'],
    ['db', 'backup', 'backup.sqlite'],
  ]
  let ran = 0
  for (; ran < commands.length || performance.now() < end; ran += 1) {
    const words = commands[ran % commands.length]!
    await rm(join(folder, 'backup.sqlite'), { force: true })
    const { code, stderr } = await roomkey([...words, '--data', folder], { env, cwd: folder })
    expect([words, code], stderr).toEqual([words, 0])
  }
  const { answered, unexpected } = await load.end()
  expect(unexpected).toEqual([])
  expect(await stop(service), service.output).toBe(0)

  const threads = await collectionsOf(collections, service.process.pid!)
  expect(threads.length).toBeGreaterThanOrEqual(2)
  for (const count of threads) expect(count).toBeGreaterThan(seconds)
  const { code, stdout } = await roomkey(['db', 'check', '--data', folder])
  expect([code, stdout]).toEqual([0, expect.stringContaining('is clean')])
  process.stdout.write(
    `Node ${process.versions.node}: ${answered} calls, ${ran} commands, ${threads.join(' + ')} collections\n`,
  )
})

/** How many each thread of the process has had: the one that answers, the writer's, and that of the checkpoints once there was one. */
async function collectionsOf(prefix: string, pid: number): Promise<number[]> {
  const folder = join(prefix, '..')
  const names = (await readdir(folder)).filter(name => name.startsWith(`collections.${pid}.`))
  return Promise.all(names.map(async name => Number(await readFile(join(folder, name), 'utf8'))))
}
