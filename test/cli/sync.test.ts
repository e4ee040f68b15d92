/** One service, and the mirror of its site in another folder. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ChildService,
  program,
  removeFolder,
  roomkey,
  serve,
  stop,
  temporaryFolder,
} from '../../devtools/child-service.ts'

const site = ['--site', 'example.webex.com']

describe('sync', () => {
  let folder: string
  let target: ChildService
  let env: Record<string, string>
  beforeAll(async () => {
    folder = await temporaryFolder()
    target = await serve(folder, ['--demo', '60'])
    await mkdir(join(folder, 'mirror'))
    env = {
      ROOMKEY_TOKEN: (await readFile(join(folder, 'token'), 'utf8')).trim(),
      DATABASE_URL: `sqlite:${join(folder, 'mirror', 'roomkey.sqlite')}`,
    }
  })
  afterAll(async () => {
    await stop(target)
    await removeFolder(folder)
  })

  const run = (...words: string[]) => roomkey(words, { env })

  it('reads a site into a mirror that can be searched, audited and exported, and not changed', async () => {
    const misspelt = await run('sync', '--site', 'exmaple.webex.com', '--target', target.url, '--once')
    expect(misspelt).toMatchObject({ code: 2 })
    expect(misspelt.stderr).toContain('people have one on example.webex.com')
    expect((await run('sync', ...site, '--once')).stderr).toContain('--target webex')

    const { code, stdout } = await run('sync', ...site, '--target', target.url, '--once', '--json')
    const read = JSON.parse(stdout)
    expect(read).toMatchObject({ siteUrl: 'example.webex.com', end: 'read', unread: 0, failed: 0 })
    expect(read.freshness).toMatch(/^read \d+ seconds? ago$/)
    expect(code).toBe(0)

    const mirrored = (await run('people', 'export')).stdout.trim().split('\n')
    const own = await roomkey(['people', 'export', '--data', folder])
    const links = (lines: string[]) =>
      lines.slice(1).map(line =>
        line
          .split(',')
          .slice(0, 2)
          .concat(/http\S+?(?=,|$)/.exec(line) ?? []),
      )
    expect(links(mirrored)).toEqual(links(own.stdout.trim().split('\n')))
    expect(mirrored[0]).toMatch(/,readAt,unreadReason$/)

    expect((await run('audit')).stdout).toMatch(/This rests on the mirror of http:\S+, read \d+ seconds? ago\./)
    expect((await run('sites', 'list')).stdout).toContain(`is a mirror of ${target.url}/v1, read`)
    const changed = await run('sites', 'set', 'example.webex.com', '--method', 'random')
    expect(changed).toMatchObject({ code: 2 })
    expect(changed.stderr).toContain('This site is a mirror of')
    // Next time, the target is known.
    expect(await run('sync', ...site, '--once')).toMatchObject({ code: 0 })
  })

  it('goes on until Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, 'sync', ...site], { env: { ...process.env, ...env } })
    let output = ''
    child.stdout.on('data', data => {
      output += data
    })
    child.stderr.on('data', data => {
      output += data
    })
    while (!(await run('sites', 'list', '--json')).stdout.includes('mirrored')) await sleep(100)
    await sleep(1000)
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect(output).toContain('roomkey sync --site example.webex.com goes on from there')
    expect(code).toBe(4)
  })
})
