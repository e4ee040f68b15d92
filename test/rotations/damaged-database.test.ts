/** A database that is damaged while rotations start and run: an error for both faces, never "somebody was quicker". */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import {
  type ChildService,
  program,
  removeFolder,
  roomkey,
  serve,
  stop,
  temporaryFolder,
  tokenOf,
} from '../../devtools/child-service.ts'

const rotations = '/api/sites/example.webex.com/rotations'

describe('sqlite: a damaged database', () => {
  let folder: string
  let service: ChildService
  let token: string
  let number: number

  beforeEach(async () => {
    folder = await temporaryFolder()
    await writeFile(join(folder, 'faults.json'), JSON.stringify({ slow: { share: 1, ms: 300 } }))
    service = await serve(folder, ['--demo', '1500', '--faults', join(folder, 'faults.json')])
    token = await tokenOf(folder)
    const plan = { people: { who: 'everyone' }, ids: { kind: 'system' }, canary: 0, freeze: false }
    number = (await call('POST', rotations, plan)).json.number
  })
  afterEach(async () => {
    await stop(service)
    await removeFolder(folder)
  })

  async function call(method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
    const answer = await fetch(service.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return { status: answer.status, json: JSON.parse(await answer.text()) }
  }

  async function untilSomeAreDone() {
    for (let done = 0; done === 0; ) {
      await new Promise(later => setTimeout(later, 20))
      done = (await call('GET', `${rotations}/${number}`)).json.counts.done
    }
  }

  async function logged(words: string) {
    while (!service.output.includes(words)) await new Promise(later => setTimeout(later, 50))
  }

  it('is answered with 500 at the start of a run', async () => {
    const repair = damage(folder)
    expect((await call('POST', `${rotations}/${number}/start`)).status).toBe(500)
    await logged('database is damaged')
    repair()
    expect((await call('GET', `${rotations}/${number}`)).json.state).toBe('planned')
  })

  it('is logged in the middle of a run, which then says where to look', async () => {
    expect((await call('POST', `${rotations}/${number}/start`)).status).toBe(200)
    await untilSomeAreDone()
    const repair = damage(folder)
    await logged('a rotation broke off')
    repair()
    const { json } = await call('GET', `${rotations}/${number}`)
    expect(json).toMatchObject({ state: 'stopped', stopReason: expect.stringMatching(/error that is in the log/) })
    expect((await call('POST', `${rotations}/${number}/resume`)).status).toBe(200)
  })

  it('ends a command with an exit code of its own', async () => {
    const child = spawn(process.execPath, [program, 'run', String(number), '--data', folder], { stdio: 'ignore' })
    const ended = once(child, 'close')
    await untilSomeAreDone()
    const repair = damage(folder)
    expect((await ended)[0]).toBe(6)
    const { code, stderr } = await roomkey(['status', String(number), '--data', folder])
    expect([code, stderr]).toEqual([6, expect.stringMatching(/^roomkey: .*restore a backup.*\n$/)])
    repair()
    expect(await roomkey(['resume', String(number), '--data', folder])).toMatchObject({ code: 0 })
  })
})

/** Writes nonsense into the schema, which every connection reads again; gives what undoes that. */
function damage(folder: string): () => void {
  const raw = openDatabase(join(folder, 'roomkey.sqlite'))
  raw.unsafeMode(true)
  raw.pragma('writable_schema = on')
  const schema = raw.prepare("select sql from sqlite_schema where name = 'rotation_item'").pluck()
  const whole = schema.get() as string
  const put = (sql: string) => {
    raw.prepare("update sqlite_schema set sql = ? where name = 'rotation_item'").run(sql)
    raw.pragma(`schema_version = ${Number(raw.pragma('schema_version', { simple: true })) + 1}`)
  }
  put('create nonsense')
  return () => {
    put(whole)
    raw.close()
  }
}
