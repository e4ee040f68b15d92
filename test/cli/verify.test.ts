/** On a target that plays Webex, by the command line: a held room, and a verification that is killed and gone on with. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program, removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'
import { people } from '../rotations/rotation-fixture.ts'
import { startWebex, type WebexServer } from '../support/webex-server.ts'

const hosts = 160

describe('a rotation on Webex', () => {
  let folder: string
  let webex: WebexServer
  let env: Record<string, string>
  const rooms = people(hosts)
  beforeAll(async () => {
    folder = await temporaryFolder()
    webex = await startWebex(rooms, { latencyMs: 10, lists: email => rooms.get(email) })
    env = {
      WEBEX_URL: webex.url,
      WEBEX_ACCESS_TOKEN: webex.makeToken(),
      DATABASE_URL: `sqlite:${join(folder, 'roomkey.sqlite')}`,
    }
  })
  afterAll(async () => {
    await webex.close()
    await removeFolder(folder)
  })
  const run = (...words: string[]) => roomkey([...words], { env, cwd: folder })

  it('holds what a host has changed, is killed while it is verified, and reads one slice again at most', async () => {
    const wish = ['--site', 'example.webex.com', '--target', 'webex', '--canary', '0', '--fresh', '0']
    expect(await run('plan', ...wish)).toMatchObject({ code: 0 })
    webex.target.choose('person7@example.com', 'chosen-by-host')
    const ran = await run('run', '1')
    expect(ran.stdout).toContain('1 held: The room had another ID than planned')
    expect(ran.code).toBe(3)
    expect((await run('status', '1')).stdout).toContain('held 1,')
    expect(rooms.get('person7@example.com')).toBe('chosen-by-host')

    webex.target.calls = 0
    const child = spawn(process.execPath, [program, 'verify', '1'], { env: { ...process.env, ...env } })
    while (webex.target.calls < 70) await sleep(5)
    child.kill('SIGKILL')
    await once(child, 'close')
    await sleep(100)
    const read = webex.target.calls
    const { stdout, code } = await run('verify', '1', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ changed: hosts - 1, wrongs: 0, notRead: 0, state: 'finished' })
    expect(JSON.parse(stdout).goneOnSince).toMatch(/^20/)
    expect(code).toBe(0)
    // A slice of 50 rooms, and what was under way.
    expect(webex.target.calls - (hosts - 1)).toBeLessThanOrEqual(50 + 8)
    expect(read).toBeLessThan(hosts)
  })

  it('is verified by the list or by a sample, and never says that all was read', async () => {
    const sample = await run('verify', '1', '--sample', '20')
    expect(sample.stdout).toContain(`20 of ${hosts - 1} rooms were read, drawn at random; ${hosts - 21} were not.`)
    expect(sample.code).toBe(4)
    const list = await run('verify', '1', '--list')
    expect(list.stdout).toMatch(
      /^\d+ rooms are shown with their new ID by that list and were not read: \d+ of a sample/,
    )
    expect(list.code).toBe(0)
    expect((await run('verify', '1', '--list', '--sample', '20')).code).toBe(2)
  })
})
