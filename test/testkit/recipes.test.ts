/** The recipes of docs/test-kit.md, as a reader would run them. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let page: string
/** What `npm pack` makes, beside the one package that is installed with it. */
let modules: string
beforeAll(async () => {
  page = await readFile(join(root, 'docs/test-kit.md'), 'utf8')
  const folder = await temporaryFolder()
  modules = join(folder, 'node_modules')
  await install(folder)
  return () => removeFolder(folder)
}, 60_000)

/** The code that follows the name of its file. */
function recipe(name: string): string {
  const code = page.slice(page.indexOf(`\`${name}\``)).match(/```\w+\n([\s\S]*?)```/)?.[1]
  if (code === undefined) throw new Error(`There is no ${name}.`)
  return code
}

async function folderWith(name: string): Promise<string> {
  const folder = await temporaryFolder()
  onTestFinished(() => removeFolder(folder))
  await writeFile(join(folder, name), recipe(name))
  await symlink(modules, join(folder, 'node_modules'))
  return folder
}

async function testService(): Promise<string> {
  const folder = await temporaryFolder()
  const service = await serve(folder, ['--test-endpoints'], {}, join(modules, 'roomkey/dist/main.js'))
  onTestFinished(async () => {
    await stop(service)
    await removeFolder(folder)
  })
  return service.url
}

async function install(folder: string): Promise<void> {
  await mkdir(join(modules, 'roomkey'), { recursive: true })
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = spawnSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 24 })
  const [{ filename }] = JSON.parse(stdout)
  spawnSync('tar', ['xzf', join(folder, filename), '--strip-components=1', '-C', join(modules, 'roomkey')])
  await symlink(join(root, 'node_modules/better-sqlite3'), join(modules, 'better-sqlite3'))
  const driver = 'sqlite-for-node-20/node_modules'
  if (existsSync(join(root, driver))) await symlink(join(root, driver), join(modules, 'roomkey', driver))
}

const types = `import { startRoomkey, type Seed } from 'roomkey/testing'
const seed: Seed = { sites: [{ siteUrl: 'example.webex.com', people: [{ email: 'ann@example.com' }] }] }
const roomkey = await startRoomkey({ seed })
roomkey.faults.add({ call: 'refreshId', times: 1, fault: { status: 503 } })
// @ts-expect-error There is no such fault.
roomkey.faults.add({ fault: { statuss: 503 } })
`

it("runs under Node's own test runner from the package, with its types", { timeout: 120_000 }, async () => {
  const folder = await folderWith('room.test.mjs')
  const { status, stdout } = spawnSync(process.execPath, ['--test', 'room.test.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(status, stdout).toBe(0)
  expect(stdout).toMatch(/pass 3\b/)

  await writeFile(join(folder, 'types.mts'), types)
  const words = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '', 'types.mts']
  const checked = spawnSync(join(root, 'node_modules/.bin/tsc'), words, { cwd: folder, encoding: 'utf8' })
  expect(checked.stdout).toBe('')
})

it('runs under vitest', { timeout: 120_000 }, async () => {
  const folder = await folderWith('room.test.mjs')
  const under = recipe('room.test.mjs').replace(/import .* from 'node:test'\n/, recipe('vitest'))
  expect(under).toContain("from 'vitest'")
  await writeFile(join(folder, 'room.test.mjs'), under)
  const link = join(modules, 'vitest')
  if (!existsSync(link)) await symlink(join(root, 'node_modules/vitest'), link)
  const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder]
  const tested = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })
  expect(tested.status, tested.stdout + tested.stderr).toBe(0)
  expect(tested.stdout).toMatch(/3 passed/)
})

it('runs from Python and from a shell', { timeout: 60_000 }, async () => {
  const env = { ...process.env, ROOMKEY_URL: await testService() }
  const python = await folderWith('test_room.py')
  // What pytest would do; that it is installed cannot be relied on.
  const run = 'import test_room; test_room.test_is_refused_once_and_then_refreshed(); print("passed")'
  const tested = spawnSync('python3', ['-c', run], { cwd: python, env, encoding: 'utf8' })
  expect(tested.stdout, tested.stderr).toBe('passed\n')

  const shell = await folderWith('room.sh')
  const shown = spawnSync('sh', ['room.sh'], { cwd: shell, env, encoding: 'utf8' })
  expect(shown.status, shown.stderr).toBe(0)
  expect(JSON.parse(shown.stdout).personalMeetingRoomLink).toBe('https://example.webex.com/meet/ann.lee')

  const described = (await (await fetch(`${env.ROOMKEY_URL}/_roomkey/openapi.json`)).json()) as { paths: object }
  expect(Object.keys(described.paths)).toContain('/_roomkey/snapshots/{name}/restore')
})

it('has no handles without the option', async () => {
  const folder = await temporaryFolder()
  const service = await serve(folder)
  onTestFinished(async () => {
    await stop(service)
    await removeFolder(folder)
  })
  expect((await fetch(`${service.url}/_roomkey/clock`)).status).toBe(404)
})
