/**
 * Tokens, PINs, webhook secrets and sessions are written nowhere. Every test searches its own output for them
 * (devtools/secrets.ts); this one shows that the search finds them, and calls everything on a service with its log on.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeToken } from '#roomkey/store/access/tokens.js'
import { removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { expectNoSecret, expectNoSecretIn, expectNoSecretInDatabase } from '../../devtools/secrets.ts'
import { command, createDatabase } from '../support/databases.ts'
import { postgresServer } from '../support/engines.ts'

const pin = '8352'
const json = { 'content-type': 'application/json' }

describe('looking for secrets', () => {
  it('finds them in texts, in files of any kind and in databases', async () => {
    const token = makeToken()
    for (const text of [`x ${token}`, `{"hostPin":"${pin}"}`, `"{\\"audioPin\\": \\"${pin}\\"}"`, `hostPin=${pin}`]) {
      expect(() => expectNoSecret(text, 'here')).toThrow('A secret was written to here')
    }
    expectNoSecret(`rk_short {"hostPin":""} hostPin must be exactly 4 digits. ${pin}`, 'here')

    const folder = await temporaryFolder()
    await mkdir(join(folder, 'deep'))
    await writeFile(join(folder, 'token'), token)
    await expectNoSecretIn(folder)
    const report = join(folder, 'deep', 'report.bin')
    await writeFile(report, Buffer.concat([Buffer.alloc(9), Buffer.from(token), Buffer.alloc(9)]))
    await expect(removeFolder(folder)).rejects.toThrow('A secret was written to')
    await writeFile(report, '')
    await removeFolder(folder)

    const database = await createDatabase(postgresServer())
    for (const leak of [token, `{"hostPin":"${pin}"}`]) {
      await command(database.url, 'create table note (words text)', `insert into note values ('${leak}')`)
      await expect(expectNoSecretInDatabase(database.url)).rejects.toThrow('the table note')
      await command(database.url, 'drop table note')
    }
    await database.remove()
  })
})

describe('a service that logs everything', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => removeFolder(folder))

  it('writes no token, PIN, session or webhook secret into a log, report, page or backup', async () => {
    const service = await serve(folder, ['--demo', '40', '--log', 'info', '--allow-private-webhooks'])
    const administrator = await tokenOf(folder)
    const secret = 'a-webhook-secret-that-nobody-may-see'
    const site = 'example.webex.com'
    const answers: string[] = []

    async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await fetch(`${service.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${administrator}`, ...(body !== undefined && json), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      answers.push(`${method} ${path} ${answer.status} ${text}`)
      return { status: answer.status, headers: answer.headers, text }
    }

    const signedIn = await call('POST', '/api/session', { token: administrator }, { 'x-roomkey-console': '1' })
    const session = /roomkey_session=([\w-]{43})/.exec(signedIn.headers.get('set-cookie')!)![1]!
    await call('GET', '/api/session', undefined, { authorization: '', cookie: `roomkey_session=${session}` })
    const made = await call('POST', '/api/tokens', { name: 'new', role: 'siteAdmin', scopes: ['roomkey:admin'] })
    const other = JSON.parse(made.text).token as string
    answers.pop()
    // Mistakes that people make with tokens: as an ID, in the path, in the query, in a body that is not JSON.
    expect((await call('DELETE', `/api/tokens/${other}`)).status).toBe(404)
    await call('GET', `/v1/people/${other}?callingData=${other}`)
    await call('GET', `/%zz/${other}`)
    await call('POST', '/api/session', `{"token":"${other}`, { 'x-roomkey-console': '1' })
    await call('GET', '/api/sites', undefined, { authorization: `Bearer ${other} ${other}` })

    const room = { topic: 'Room', enabledAutoLock: false, autoLockMinutes: 10, enabledNotifyHost: true }
    const options = { ...room, supportCoHost: false, coHosts: [] }
    const whose = `/v1/meetingPreferences/personalMeetingRoom?userEmail=brenda.song@example.com`
    expect((await call('PUT', whose, { ...options, hostPin: pin })).status).toBe(200)
    await call('PUT', whose, { ...options, hostPin: [pin] })
    await call('PUT', whose, { ...options, hostPin: `${pin}9` })

    const hook = { name: 'hook', targetUrl: 'http://127.0.0.1:1/', resource: 'rooms', event: 'updated', secret }
    expect((await call('POST', '/v1/webhooks', hook)).status).toBe(200)
    const plan = {
      people: { who: 'everyone' },
      ids: { kind: 'random', prefix: '', bits: 60 },
      canary: 0,
      freeze: false,
    }
    await call('POST', `/api/sites/${site}/rotations`, plan)
    await call('POST', `/api/sites/${site}/rotations/1/start`)
    while (!(await call('GET', `/api/sites/${site}/rotations/1`)).text.includes('"finished"')) await sleep(50)
    while (!service.output.includes('webhook failed')) await sleep(50)
    for (const page of ['audit-events', `audit-events?siteUrl=${site}`, 'tokens', 'sites'])
      await call('GET', `/api/${page}`)
    for (const file of ['report.html', 'report.csv', 'report.jsonl', 'letters.csv']) {
      const { text } = await call('GET', `/api/sites/${site}/rotations/1/files/${file}`)
      await writeFile(join(folder, file), text)
    }
    await call('GET', '/v1/webhooks')
    await call('GET', '/metrics')
    expect(await stop(service)).toBe(0)
    expect(service.output).toContain('"msg":"answered"')

    const backup = await roomkey(['db', 'backup', join(folder, 'backup.sqlite'), '--data', folder])
    expect(backup.code).toBe(0)
    const files = (await readdir(folder)).filter(name => name !== 'token')
    for (const name of files) {
      const bytes = await readFile(join(folder, name))
      for (const hidden of [administrator, other, session])
        expect([name, bytes.includes(hidden)]).toEqual([name, false])
      // A webhook signs with its secret, so the database has to store it.
      if (!name.includes('sqlite')) expect([name, bytes.includes(secret)]).toEqual([name, false])
    }
    expect(files.length).toBeGreaterThanOrEqual(6)
    const log = service.output.replace(/token +rk_\S+/, '')
    for (const hidden of [administrator, other, session, secret, `"${pin}"`]) {
      expect([
        log.includes(hidden),
        answers.filter(answer => answer.split(' ').slice(2).join(' ').includes(hidden)),
      ]).toEqual([false, []])
    }
  })
})
