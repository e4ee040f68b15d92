import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { outlook } from '../meetings/invitations.ts'

const program = new URL('../../dist/main.js', import.meta.url).pathname
const link = (id: string) => `https://example.webex.com/meet/${id}`
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'calendars-'))
  writeFileSync(
    join(folder, 'links.csv'),
    `\ufeffemail,oldLink,newLink\njohn@example.com,${link('john')},${link('new')}\n`,
  )
  const about = { uid: 'uid-1', organizer: 'john@example.com', title: 'sync' }
  writeFileSync(join(folder, 'john.ics'), Buffer.from(outlook({ ...about, link: link('john') }), 'latin1'))
  writeFileSync(join(folder, 'other.ics'), Buffer.from(outlook({ ...about, link: link('john.doe') }), 'latin1'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function roomkey(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'calendars', ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

it('lists what carries an old link, and writes updated invitations that only their owner can read', () => {
  const { status, stdout, stderr } = roomkey(
    'john.ics',
    'other.ics',
    '--links',
    'links.csv',
    '--rewrite',
    'new',
    '--json',
  )
  const rows = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect([status, rows.length]).toEqual([0, 1])
  expect(rows[0]).toMatchObject({ organizer: 'john@example.com', title: 'sync', series: 'yes', newLink: link('new') })
  expect(stderr).toContain('2 events looked at; 1 carries an old link.')
  const [file] = readdirSync(join(folder, 'new'))
  expect(file).toMatch(/^john@example\.com-[0-9a-f]{12}\.ics$/)
  expect(statSync(join(folder, 'new', file!)).mode & 0o777).toBe(0o600)
  const text = readFileSync(join(folder, 'new', file!), 'utf8').replace(/\r\n /g, '')
  expect(text).toContain(`LOCATION:${link('new')}`)
  expect(text).toContain('SEQUENCE:4')
})

it('says what to do where it does not know the links, and what it could not read', () => {
  expect(roomkey('john.ics')).toMatchObject({ status: 2, stderr: expect.stringContaining('--rotation N') })
  expect(roomkey('john.ics', '--links', 'john.ics')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('oldLink'),
  })
  const missing = roomkey('nothing.ics', '--links', 'links.csv')
  expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing.ics') })
})
