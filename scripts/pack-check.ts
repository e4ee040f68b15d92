/**
 * Installs Roomkey as its users do: `npm pack`, and a global install of that file into an empty folder, without the
 * packages of development, on the oldest Node and on the one that most have. Then the program runs from there: the
 * demo site is served, and the README's call answered.
 *
 *     npm run test:pack [-- --only 20,22,24.21,26]
 *
 * What npm warns of counts as a failure. Prints packages, files and sizes, and ends with the sum of all.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { environmentOf, fetchNode } from '../devtools/other-node.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const sum = { passed: 0, failed: 0 }
const work = mkdtempSync(join(tmpdir(), 'roomkey-pack-'))
try {
  const { filename, size } = pack()
  for (const version of values.only?.split(',') ?? ['20', '24.21']) {
    process.stdout.write(`Node ${version}, from a file of ${inMegabytes(size)}\n`)
    await tryOn(version, join(work, filename))
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, 0 skipped\n`)
process.exitCode = sum.failed > 0 ? 1 : 0

/** The scripts do not run: `npm run test:pack` has just built. */
function pack(): { filename: string; size: number } {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', work]
  const { stdout } = spawnSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 24 })
  return JSON.parse(stdout)[0]
}

async function tryOn(version: string, file: string): Promise<void> {
  const prefix = join(work, `prefix-${version}`)
  mkdirSync(prefix)
  const env = environmentOf(fetchNode(version))
  const words = ['install', '--global', '--prefix', prefix, '--omit=dev', file]
  const installed = spawnSync('npm', words, { cwd: prefix, env, encoding: 'utf8' })
  const said = `${installed.stdout}${installed.stderr}`.trim()
  check('npm installs it', installed.status === 0, said)
  check('npm warns of nothing', !/warn/i.test(said), said)
  const figures = sizeOf(prefix)
  process.stdout.write(`  ${said.split('\n')[0]}; ${figures.files} files, ${inMegabytes(figures.bytes)}\n`)

  const program = join(prefix, 'bin', 'roomkey')
  const { version: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const shown = spawnSync(program, ['--version'], { cwd: prefix, env, encoding: 'utf8' })
  check('roomkey --version', shown.stdout.trim() === ours, shown.stdout + shown.stderr)
  await serve(program, prefix, env)
  const after = sizeOf(prefix)
  if (after.files > figures.files) {
    process.stdout.write(`  with the driver for Node 20: ${after.files} files, ${inMegabytes(after.bytes)}\n`)
  }
}

/** Serves the demo site from a data folder of its own, and sends what the README says. */
async function serve(program: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const data = mkdtempSync(join(folder, 'data-'))
  const began = performance.now()
  const words = ['serve', '--demo', '250', '--port', '0', '--data', data]
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (output += piece))
  try {
    const url = await until(() => /service\s+(http:\S+)/.exec(output)?.[1], ended)
    check('roomkey serve --demo 250', url !== undefined, output)
    if (url === undefined) return
    process.stdout.write(`  serves after ${((performance.now() - began) / 1000).toFixed(1)} s\n`)
    const { command, answer } = readmeExample()
    const pasted = command.replace('http://127.0.0.1:8787', url).replace('.roomkey/token', join(data, 'token'))
    const { stdout } = spawnSync('bash', ['-c', pasted], { encoding: 'utf8' })
    check('the README’s call', isDeepStrictEqual(JSON.parse(stdout || 'null'), JSON.parse(answer)), stdout)
    for (const path of ['/', '/docs/swagger-ui-bundle.js', '/console/NOTICES.txt']) {
      const { status } = await fetch(url + path)
      check(`GET ${path}`, status === 200, String(status))
    }
  } finally {
    child.kill()
  }
  const [code] = await ended
  check('it ends when it is told to', code === 0, `${code}: ${output}`)
}

function readmeExample(): { command: string; answer: string } {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const block = (start: string) => readme.slice(readme.indexOf(start) + start.length).split('```')[0]!
  return { command: `curl -s ${block('curl -s ')}`, answer: block('```json') }
}

/** What is found before the process ends; it is looked for every 50 ms. */
async function until<Found>(find: () => Found | undefined, ended: Promise<unknown>): Promise<Found | undefined> {
  for (;;) {
    const found = find()
    if (found !== undefined) return found
    const pause = new Promise(resolve => setTimeout(resolve, 50, 'pause'))
    if ((await Promise.race([ended, pause])) !== 'pause') return find()
  }
}

function sizeOf(folder: string): { files: number; bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.parentPath.includes('data-'),
  )
  const bytes = entries.reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0)
  return { files: entries.length, bytes }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}

function check(what: string, holds: boolean, said: string): void {
  if (holds) sum.passed += 1
  else {
    sum.failed += 1
    process.stdout.write(`  FAILED: ${what}: ${said.trim()}\n`)
  }
}
