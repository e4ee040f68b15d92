import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import {
  type ChildService,
  removeFolder,
  roomkey,
  sendBatch,
  serve,
  stop,
  temporaryFolder,
  tokenOf,
} from '../../devtools/child-service.ts'
import {
  publishedAnswer,
  publishedConflict,
  publishedContentType,
  publishedRequest,
} from '../support/published-example.ts'

describe('roomkey serve', () => {
  let folder: string
  let service: ChildService

  beforeAll(async () => {
    folder = await temporaryFolder()
    service = await serve(folder, ['--demo', '250'])
  })
  afterAll(async () => {
    await stop(service)
    await removeFolder(folder)
  })

  it('prints a command that works when pasted', () => {
    const command = /^curl[\s\S]*?'\n/m.exec(service.output)![0]
    const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(publishedAnswer)
  })

  it('shows the first token once and keeps it where only its owner can read it', async () => {
    const token = await tokenOf(folder)
    expect(token).toMatch(/^rk_[\w-]{43}$/)
    expect(service.output).toContain(token)
    // Clients and Roomkey itself ask first whose token they were given.
    const me = await fetch(`${service.url}/v1/people/me`, { headers: { authorization: `Bearer ${token}` } })
    expect([me.status, await me.json()]).toMatchObject([200, { emails: ['john.andersen@example.com'] }])
    expect(service.output).toContain('belongs to john.andersen@example.com')
    for (const name of await readdir(folder)) {
      expect([name, (await stat(join(folder, name))).mode & 0o777]).toEqual([name, 0o600])
    }

    const second = await serve(folder)
    expect(second.output).toContain('belongs to john.andersen@example.com')
    expect(second.output).not.toContain(token)
    expect((await sendBatch(second.url, token, publishedRequest.personalMeetingRoomIds))?.status).toBe(200)
    expect(await stop(second)).toBe(0)
  })

  it('matches the published document, and reports where it does not', async () => {
    const document = {
      operationId: 'Batch Refresh',
      method: 'POST',
      path: '/admin/meetingPreferences/personalMeetingRoom/refreshId',
      requestExamples: [{ contentType: 'application/json', example: publishedRequest }],
      responseExamples: [
        { status: '200', contentType: publishedContentType, example: publishedAnswer },
        { status: '400', contentType: publishedContentType, example: publishedConflict },
      ],
    }
    const words = ['contract', '-', '--target', service.url]
    const env = { ROOMKEY_TOKEN: await tokenOf(folder) }
    const agreed = await roomkey(words, { input: JSON.stringify(document), env })
    expect([agreed.code, agreed.stdout]).toEqual([0, expect.stringContaining('2 agree, 0 differ, 0 not tried')])

    document.responseExamples[0]!.example = { ...publishedAnswer, siteUrl: 'other.webex.com' }
    const differed = await roomkey(words, { input: JSON.stringify(document), env })
    expect(differed.code).toBe(3)
    expect(differed.stdout).toContain('/siteUrl: expected "other.webex.com", got "example.webex.com"')
  })

  it('refreshes rooms from CSV and JSON, and shows who got what', async () => {
    const here = ['--data', folder, '--target', service.url]
    const env = { ROOMKEY_TOKEN: await tokenOf(folder) }
    const csv = 'email,personalMeetingRoomId\njohn.andersen@example.com,john-by-csv\n'
    const dry = await roomkey(['refresh', '-', '--site', 'example.webex.com', '--dry-run', ...here], {
      input: csv,
      env,
    })
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('nothing was')])

    const sent = await roomkey(['refresh', '-', '--site', 'example.webex.com', ...here], { input: csv, env })
    expect([sent.code, sent.stdout]).toEqual([0, expect.stringMatching(/john\.andersen@example\.com │ john-by-csv/)])

    const body = {
      siteUrl: 'example.webex.com',
      personalMeetingRoomIds: [{ email: 'brenda.song@example.com', systemGenerated: true }],
    }
    const json = await roomkey(['refresh', '-', '--json', ...here], { input: JSON.stringify(body), env })
    expect(JSON.parse(json.stdout).personalMeetingRoomIds[0].personalMeetingRoomId).toMatch(/^pr[0-9a-z]{12}$/)

    const taken = csv.replace('john.andersen', 'marcus.hoffmann')
    const refused = await roomkey(['refresh', '-', '--site', 'example.webex.com', ...here], { input: taken, env })
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('item 1, marcus.hoffmann@example.com')])
  })

  it.each([
    ['bad JSON', '{"siteUrl', [], 'not well-formed JSON'],
    ['a CSV without a site', 'email\na@example.com\n', [], 'give it with --site'],
    ['no address', 'colour\nred\n', ['--site', 'x.webex.com'], 'no column with e-mail addresses; it has "colour"'],
    [
      'somebody twice',
      'email\na@example.com\nA@example.com\n',
      ['--site', 'x.webex.com'],
      'line 3: A@example.com is already on line 2',
    ],
    ['a bad ID', 'email,personalMeetingRoomId\na@example.com,12\n', ['--site', 'x.webex.com'], 'at least one letter'],
    ['nobody', 'email\n', ['--site', 'x.webex.com'], 'names nobody'],
  ])('refuses %s in one sentence before anything is sent', async (_what, input, words, sentence) => {
    const { code, stderr } = await roomkey(['refresh', '-', '--data', folder, ...words], { input })
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('says in one sentence what to do when it cannot start', async () => {
    const port = new URL(service.url).port
    const elsewhere = await temporaryFolder()
    const notAFolder = join(elsewhere, 'file')
    await writeFile(notAFolder, '')

    await mkdir(join(elsewhere, 'newer'))
    const newer = join(elsewhere, 'newer', 'roomkey.sqlite')
    await stop(await serve(join(elsewhere, 'newer')))
    const database = openDatabase(newer)
    database.exec("insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2099')")
    database.close()

    const attempts: [string[], RegExp][] = [
      [['--data', elsewhere, '--port', port], /Port \d+ is in use; give another one with --port/],
      [['--data', join(notAFolder, 'x')], /Cannot make the folder .*; give one that you may write to with --data/],
      [['--data', join(elsewhere, 'newer'), '--port', '0'], /made by a newer version of Roomkey; install that version/],
      [['--data', elsewhere, '--database', 'mysql://user:secret@host/db'], /give sqlite:PATH/],
      [['--data', elsewhere, '--port', 'many'], /Give a whole number from 0 to 65535/],
    ]
    for (const [words, sentence] of attempts) {
      const { code, stderr } = await roomkey(['serve', ...words])
      expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)])
      expect(stderr).not.toContain('secret')
      expect(stderr).not.toMatch(/^\s+at /m)
    }
    await removeFolder(elsewhere)
  })

  it('finishes what is running when it is asked to stop, and accepts nothing new', async () => {
    const other = await temporaryFolder()
    const stopping = await serve(other, ['--demo', '250'])
    const token = await tokenOf(other)
    const items = publishedRequest.personalMeetingRoomIds.map(({ email }) => ({ email, systemGenerated: true }))
    const answers: (number | undefined)[] = []
    const stream = (async () => {
      for (;;) {
        const answer = await sendBatch(stopping.url, token, items)
        answers.push(answer?.status)
        if (answer === undefined) return
      }
    })()
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(await stop(stopping)).toBe(0)
    await stream
    expect(answers.filter(status => status === 200).length).toBeGreaterThan(0)
    expect(answers.every(status => status === 200 || status === 503 || status === undefined)).toBe(true)
    expect(await readFile(join(other, 'roomkey.sqlite'))).toBeTruthy()
    await removeFolder(other)
  })
})
