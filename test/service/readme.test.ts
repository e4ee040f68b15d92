/** The README's commands do what it says, in its order, on a service with the demo site. */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChildService, removeFolder, roomkey, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

let folder: string
let service: ChildService
let readme: string

beforeAll(async () => {
  readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  folder = await temporaryFolder()
  service = await serve(folder, ['--demo', '250'])
})
afterAll(async () => {
  await stop(service)
  await removeFolder(folder)
})

function block(language: string, holding: string): string {
  const blocks = [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!)
  return blocks.find(text => text.includes(holding))!
}

it('answers the curl as it is printed', () => {
  const command = block('sh', 'curl -s')
    .replace('http://127.0.0.1:8787', service.url)
    .replace('.roomkey/token', `${folder}/token`)
  const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual(JSON.parse(block('json', 'personalMeetingRoomIds')))
})

it('rotates the demo site in four commands', async () => {
  const commands = [...block('sh', 'npx roomkey plan').matchAll(/^npx roomkey ([^#]+)#/gm)].map(([, words]) =>
    words!.trim(),
  )
  expect(commands).toHaveLength(4)
  for (const words of commands) {
    const out = words.startsWith('plan')
      ? ['--out', `${folder}/plan.csv`]
      : words.startsWith('report')
        ? ['--out', `${folder}/report`]
        : []
    const { code, stderr } = await roomkey([...words.split(/\s+/), ...out, '--data', folder])
    expect([words, code, stderr]).toEqual([words, 0, expect.not.stringContaining('roomkey:')])
  }
}, 60_000)
