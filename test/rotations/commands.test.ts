import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concurrently } from '#roomkey/rotations/planning/concurrently.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { type ChildService, removeFolder, serve, stop, temporaryFolder } from '../../devtools/child-service.ts'

const program = new URL('../../dist/main.js', import.meta.url).pathname
const site = ['--site', 'example.webex.com']

interface Ran {
  code: number | null
  out: string
  err: string
}

function start(folder: string, words: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...words, '--data', folder], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
}

async function roomkey(folder: string, words: string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = start(folder, words, env)
  let out = ''
  let err = ''
  child.stdout!.on('data', data => {
    out += data
  })
  child.stderr!.on('data', data => {
    err += data
  })
  const [code] = await once(child, 'close')
  return { code: code as number | null, out, err }
}

/** Every host's ID, and how many IDs the room was given. */
function roomsOf(folder: string): Map<string, { id: string; claims: number }> {
  const raw = openDatabase(join(folder, 'roomkey.sqlite'), { readonly: true })
  const rows = raw
    .prepare(
      'select email, number as claims, id from person join claim using (site_id, person) where pinned = 0 order by number',
    )
    .all() as { email: string; claims: number; id: string }[]
  raw.close()
  return new Map(rows.map(({ email, claims, id }) => [email, { id, claims }]))
}

describe('a rotation from the command line', () => {
  let folder: string
  let service: ChildService
  beforeAll(async () => {
    folder = await temporaryFolder()
    service = await serve(folder, ['--demo', '600'])
  })
  afterAll(async () => {
    await stop(service)
    await removeFolder(folder)
  })

  it('plans, rehearses, runs, verifies, reports and undoes, which restores everything', async () => {
    const before = roomsOf(folder)
    const planned = await roomkey(folder, ['plan', ...site])
    expect(planned).toMatchObject({ code: 0 })
    expect(planned.out).toMatch(
      /Rotation 1 of example\.webex\.com: \d+ people will get a new link; nothing is changed yet\./,
    )
    expect(readFileSync(join(folder, 'rotation-1.csv'), 'utf8')).toContain('john.andersen@example.com')
    const rehearsed = await roomkey(folder, ['rehearse', '1'])
    expect(rehearsed).toMatchObject({ code: 0 })
    expect(rehearsed.out).toMatch(/0 not yet visible, 0 wrong/)
    expect(roomsOf(folder)).toEqual(before)

    expect(await roomkey(folder, ['run', '1'])).toMatchObject({ code: 0 })
    const after = roomsOf(folder)
    for (const [email, { id, claims }] of after) {
      expect([email, claims]).toEqual([email, 2])
      expect(id).not.toBe(before.get(email)!.id)
    }
    expect(await roomkey(folder, ['verify', '1'])).toMatchObject({ code: 0 })
    expect(await roomkey(folder, ['report', '1'])).toMatchObject({ code: 0 })
    const checked = await roomkey(folder, ['rotations', 'check', '1', '--json'])
    expect(JSON.parse(checked.out)).toEqual({ rotation: 1, site: 'example.webex.com', whole: true, faults: [] })
    for (const words of [['verify', '1'], ['status', '1'], ['rotations'], ['stop', '1'], ['resume', '1']]) {
      const { out } = await roomkey(folder, [...words, '--json'])
      expect(() => JSON.parse(out), words.join(' ')).not.toThrow()
    }
    expect(await roomkey(folder, ['undo', '1', '--run', '--out', 'back.csv'])).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'back.csv'), 'utf8')).toContain('john.andersen@example.com')
    for (const [email, { id }] of roomsOf(folder)) expect([email, id]).toEqual([email, before.get(email)!.id])
    expect((await roomkey(folder, ['status', '2'])).out).toMatch(/finished/)
  }, 120_000)

  it('says what is wrong in one sentence, with its exit code, and changes nothing', async () => {
    const before = roomsOf(folder)
    let files = 0
    const csv = (text: string) => {
      files += 1
      writeFileSync(join(folder, `people-${files}.csv`), text)
      return ['plan', ...site, '--people', `people-${files}.csv`, '--ids', 'csv']
    }
    const john = 'john.andersen@example.com'
    const cases: [string[], number, RegExp, Record<string, string>?][] = [
      [csv(`colour,personalMeetingRoomId\nred,x1\n`), 2, /no column with e-mail addresses; it has "colour", "pers/],
      [
        csv(`email,personalMeetingRoomId\n${john},x1\n${john.toUpperCase()},x2\n`),
        2,
        /line 3: JOHN.* is already on line 2/,
      ],
      [['plan', ...site, '--ids', '{nobody}'], 2, /no field \{nobody\}/],
      [['plan', ...site, '--people', 'none.csv'], 2, /there is no such file/],
      [['plan', ...site], 5, /401/, { ROOMKEY_TOKEN: 'rk_not-a-token-that-anybody-has-00000000' }],
      [['plan', ...site, '--target', 'http://127.0.0.1:9'], 5, /does not respond/, { ROOMKEY_TOKEN: 'x'.repeat(30) }],
      [['run', '99'], 2, /There is no rotation 99/],
      [['run', '1'], 2, /is finished/],
      [['resume', '1'], 2, /is finished/],
    ]
    await concurrently(cases, 4, async ([words, code, said, env]) => {
      const ran = await roomkey(folder, words, env)
      expect([words, ran.code, ran.out]).toEqual([words, code, ''])
      expect(ran.err).toMatch(said)
      expect(ran.err.trim().split('\n')).toHaveLength(1)
    })
    const long = await roomkey(folder, csv(`email,personalMeetingRoomId\n${john},${'x'.repeat(65)}\n`))
    expect([long.code, long.out]).toEqual([2, ''])
    expect(long.err).toMatch(/no room to rotate.*must not be longer than 64 characters/)
    expect(roomsOf(folder)).toEqual(before)
  }, 120_000)
})

describe('kill -9', () => {
  it('at any time, with answers lost after the commit, leaves every room changed exactly once', async () => {
    const folder = await temporaryFolder()
    writeFileSync(
      join(folder, 'faults.json'),
      JSON.stringify({ seed: 5, dropAfterCommit: 0.1, slow: { share: 1, ms: 40 } }),
    )
    const service = await serve(folder, ['--demo', '1000', '--faults', join(folder, 'faults.json')])
    try {
      expect(service.output).toMatch(/FAULTS ARE INJECTED ON PURPOSE/)
      expect(await roomkey(folder, ['plan', ...site, '--ids', 'system'])).toMatchObject({ code: 0 })
      let kills = 0
      for (let begun = false; ; ) {
        const child = start(folder, [begun ? 'resume' : 'run', '1'])
        const said = text(child.stderr!)
        const ended = once(child, 'close')
        const killer = setTimeout(() => child.kill('SIGKILL'), 500 * 1.35 ** kills)
        const [code] = await ended
        clearTimeout(killer)
        // It may have been killed when it had ended already.
        if (code === 0 || (await said).includes('is finished')) break
        // It may have been killed before it began.
        if (code === 2) begun = !begun
        else {
          expect(code).toBe(null)
          begun = true
        }
        kills += 1
        expect(kills).toBeLessThan(40)
      }
      expect(kills).toBeGreaterThan(2)
      for (const [email, { claims }] of roomsOf(folder)) expect([email, claims]).toEqual([email, 2])
      expect(await roomkey(folder, ['verify', '1'])).toMatchObject({ code: 0 })
      expect(await roomkey(folder, ['rotations', 'check', '1'])).toMatchObject({ code: 0 })
    } finally {
      await stop(service)
      await removeFolder(folder)
    }
  }, 180_000)
})

describe('messages to hosts', () => {
  it('are written to a folder, and mailed once each', async () => {
    const folder = await temporaryFolder()
    const service = await serve(folder, ['--demo', '30'])
    const arrived: { to: string; text: string }[] = []
    const mail = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        const to = session.envelope.rcptTo.map(({ address }) => address).join()
        text(stream).then(body => {
          arrived.push({ to, text: body })
          done()
        }, done)
      },
    })
    await new Promise<void>(resolve => mail.listen(0, '127.0.0.1', resolve))
    const env = { ROOMKEY_SMTP_URL: `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}` }
    try {
      expect(await roomkey(folder, ['plan', ...site])).toMatchObject({ code: 0 })
      expect(await roomkey(folder, ['run', '1'])).toMatchObject({ code: 0 })
      expect(await roomkey(folder, ['verify', '1'])).toMatchObject({ code: 0 })
      const written = await roomkey(folder, ['report', '1', '--letters', 'letters', '--language', 'en,de,fr,es'])
      expect(written).toMatchObject({ code: 0 })
      const changed = [...roomsOf(folder).values()].filter(({ claims }) => claims === 2).length
      expect(readdirSync(join(folder, 'letters'))).toHaveLength(changed)

      const send = ['report', '1', '--send', '--from', 'it@example.com']
      expect((await roomkey(folder, send, env)).out).toContain(`${changed} messages were sent`)
      expect((await roomkey(folder, send, env)).out).toContain(`0 messages were sent, ${changed} had been sent before`)
      expect(new Set(arrived.map(({ to }) => to)).size).toBe(changed)
      expect(arrived).toHaveLength(changed)
      expect(arrived[0]!.text).toMatch(/Subject: Your personal meeting room has a new link/)
    } finally {
      await new Promise<void>(resolve => mail.close(resolve))
      await stop(service)
      await removeFolder(folder)
    }
  }, 60_000)
})

describe('signing in', () => {
  it('by device keeps the tokens where their owner alone can read them, and shows none', async () => {
    const folder = await temporaryFolder()
    let asked = 0
    const signIn = createServer((request, response) => {
      const json = (status: number, body: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      }
      if (request.url === '/v1/device/authorize') {
        return json(200, {
          device_code: 'd',
          user_code: '12-34',
          verification_uri: 'https://verify',
          expires_in: 60,
          interval: 0.05,
        })
      }
      asked += 1
      if (asked < 3) return json(428, {})
      return json(200, {
        access_token: 'secret-a',
        expires_in: 3600,
        refresh_token: 'secret-r',
        refresh_token_expires_in: 9000,
      })
    })
    signIn.listen(0, '127.0.0.1')
    await once(signIn, 'listening')
    const url = `http://127.0.0.1:${(signIn.address() as AddressInfo).port}`
    chmodSync(folder, 0o700)
    const env = { WEBEX_CLIENT_ID: 'client', WEBEX_CLIENT_SECRET: 'secret-c' }
    const ran = await roomkey(folder, ['login', '--device', '--target', url], env)
    signIn.close()
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toMatch(/12-34/)
    expect(ran.out).not.toMatch(/secret/)
    expect(statSync(join(folder, 'sign-in.json')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'sign-in.json'), 'utf8')).toContain('secret-r')
    await removeFolder(folder)
  })
})
