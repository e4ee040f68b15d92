/**
 * Runs Roomkey on every Node that it supports, each from a clean copy of this folder: `npm ci`, then the service, the
 * commands, the store and a way through the console. The Nodes come from npm, into .tmp/node-versions.
 *
 *     npm run test:node [-- --only 20,24.21] [-- --minutes 10]
 *
 * `--minutes` has nothing but the load with forced garbage collections, for so long on each. Ends with the sum of all.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { environmentOf, fetchNode, nodeCache, supportedNodes } from '../devtools/other-node.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
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
for (const version of values.only?.split(',') ?? supportedNodes) {
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

/** What git knows of, and what it would, as it stands here. */
function copyProject(version: string): string {
  const copy = join(nodeCache, `roomkey-${version}`)
  rmSync(copy, { recursive: true, force: true })
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const path of listed.stdout.split('\0')) {
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(copy, path))
  }
  return copy
}

/** With this Node first on the path, and its headers for what is compiled. Throws where a command but the tests fails. */
function runOn(node: string, cwd: string, command: string, words: string[]): { stdout: string } {
  const env = environmentOf(node)
  if (values.minutes) env.ROOMKEY_LOAD_SECONDS = String(60 * Number(values.minutes))
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
