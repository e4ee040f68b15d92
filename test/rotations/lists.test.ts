/** Lists of people on the command line: who is meant, who is not there, and Roomkey's own files at every door. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ChildService,
  removeFolder,
  roomkey as run,
  serve,
  stop,
  temporaryFolder,
} from '../../devtools/child-service.ts'

const site = ['--site', 'example.webex.com']

describe('a list of people', () => {
  let folder: string
  let service: ChildService

  beforeAll(async () => {
    folder = await temporaryFolder()
    service = await serve(folder, ['--demo', '60'])
  })
  afterAll(async () => {
    await stop(service)
    await removeFolder(folder)
  })

  const roomkey = async (words: string[]) => {
    const { code, stdout: out, stderr: err } = await run([...words, '--data', folder], { cwd: folder })
    return { code, out, err }
  }

  it('protects nobody by accident: who is in a list and not on the site is named by the line', async () => {
    const typo = ['email', 'jon.andersen@example.com', 'marcus.hoffmann@example.com\u200b', 'nobody@example.com']
    writeFileSync(join(folder, 'leave-out.csv'), `${typo.join('\r\n')}\n`)
    const words = ['plan', ...site, '--leave-out', 'leave-out.csv']
    const refused = await roomkey(words)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toContain('2 of the people listed are not on the site')
    expect(refused.err).toContain('--leave-out, line 2: jon.andersen@example.com')
    expect(refused.err).toContain('--leave-out, line 4: nobody@example.com')
    const listed = await roomkey(['plan', ...site, '--people', 'leave-out.csv'])
    expect([listed.code, listed.err]).toEqual([2, expect.stringContaining('--people, line 4: nobody@example.com')])

    const planned = await roomkey([...words, '--allow-unmatched', '--out', 'left.csv'])
    expect(planned).toMatchObject({ code: 0 })
    expect(planned.out).toContain('1: On the list of people to leave out.')
    expect(planned.out).toContain('2: Nobody on this site has this address.')
    expect(readFileSync(join(folder, 'left.csv'), 'utf8')).toMatch(/marcus\.hoffmann@example\.com,[^,]*,left out,/)
  }, 120_000)

  it('refuses a site where nobody is, and understands a link in the place of a site', async () => {
    const nobody = await roomkey(['plan', '--site', 'exmaple.webex.com'])
    expect([nobody.code, nobody.out]).toEqual([2, ''])
    expect(nobody.err).toMatch(/Nobody has an account on exmaple\.webex\.com.*example\.webex\.com.*check --site/)
    for (const link of [
      'https://example.webex.com/',
      'EXAMPLE.webex.com/meet',
      'https://example.webex.com/meet/jdoe',
    ]) {
      expect((await roomkey(['plan', '--site', link])).out).toMatch(/^Rotation \d+ of example\.webex\.com: \d\d/)
    }
    for (const wrong of ['example', 'john@example.webex.com', '']) {
      expect((await roomkey(['plan', '--site', wrong])).code).toBe(2)
    }
  }, 120_000)

  it('takes its own reports, plans and exports at every door', async () => {
    expect((await roomkey(['people', 'export', 'export.csv'])).code).toBe(0)
    expect((await roomkey(['audit', '--csv', 'audit.csv'])).code).toBe(0)
    expect((await roomkey(['plan', ...site, '--out', 'plan.csv'])).code).toBe(0)
    for (const file of ['export.csv', 'audit.csv', 'plan.csv']) {
      const doors = [
        ['plan', ...site, '--people', file],
        ['plan', ...site, '--leave-out', file],
        ['refresh', file, ...site, '--dry-run'],
        ['audit', file],
        ['people', 'import', file, ...site, '--dry-run'],
      ]
      for (const words of doors) {
        const { code, err } = await roomkey(words)
        // Everybody is left out: that is no plan, but the list was read.
        const nobody = words.includes('--leave-out') && /There is no room to rotate/.test(err)
        expect([words, nobody ? 0 : code, err]).toEqual([words, 0, expect.stringContaining(`${file}: email from`)])
      }
    }
  }, 240_000)
})
