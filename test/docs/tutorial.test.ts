/** docs/tutorial.md, command by command, on a service with the demo site: each prints what the document says. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildService, program, removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

const tutorial = readFileSync(new URL('../../docs/tutorial.md', import.meta.url), 'utf8')

interface Step {
  commands: string
  /** Undefined where the document shows none. */
  output: string | undefined
}

/** Each block of commands with the block of output that follows it. */
const steps: Step[] = [...tutorial.matchAll(/```sh\n([\s\S]*?)```(?:\s*```text\n([\s\S]*?)```)?/g)].map(
  ([, commands, output]) => ({ commands: commands!, output }),
)

let folder: string
let service: ChildService

beforeAll(async () => {
  folder = await temporaryFolder()
  service = await serve(join(folder, 'data'), ['--demo', '250'])
  // What `npx roomkey` finds: the program, with the data folder of this test.
  mkdirSync(join(folder, 'bin'))
  const npx = join(folder, 'bin', 'npx')
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@" --data "${folder}/data"\n`)
  chmodSync(npx, 0o755)
})
afterAll(async () => {
  await stop(service)
  await removeFolder(folder)
})

function run(commands: string) {
  return spawnSync('bash', ['-ec', commands.replaceAll('http://127.0.0.1:8787', service.url)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  })
}

/** Without what differs from run to run: hashes, dates, durations, calls of a rehearsal, and random IDs. */
function stable(text: string): string {
  return text
    .replace(/\b[0-9a-f]{16}\b/g, 'HASH')
    .replace(/\b\d{4}-\d\d-\d\d\b/g, 'DATE')
    .replace(/read in [\d.]+ s/g, 'read in N s')
    .replace(/after \d+ calls and [\d.]+ minutes/g, 'after N calls and N minutes')
    .replace(/\/meet\/[a-z0-9]{13}$/gm, '/meet/RANDOM')
    .trim()
}

it('has steps to take, and says what most of them print', () => {
  expect(steps.length).toBeGreaterThan(10)
  expect(steps.filter(({ output }) => output === undefined)).toHaveLength(1)
})

it.each(steps)('$commands', ({ commands, output }) => {
  const { status, stdout, stderr } = run(commands)
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('roomkey:')])
  if (output === undefined) return
  const [shown, rest] = stable(output).split('\n…')
  if (rest === undefined) expect(stable(stdout)).toBe(shown)
  else expect(stable(stdout).slice(0, shown!.length)).toBe(shown)
})
