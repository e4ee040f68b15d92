/** Rotations rely on what a probe has seen, as it was when they were planned. */
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { profileBy } from '#roomkey/rotations/target/probed-profile.js'
import { profileOf, profiles } from '#roomkey/rotations/target/profile.js'
import { roomkey } from '../../devtools/child-service.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'

const siteUrl = 'example.webex.com'

it('takes what was seen over what is assumed, and nothing from what could not be told', () => {
  const { webex } = profiles
  expect(profileBy(webex, {})).toEqual(webex)
  expect(profileBy(webex, { swaps: 'unknown', refusedBatch: 'unknown', staleSeconds: 'unknown' })).toEqual(webex)
  expect(profileBy(webex, { swaps: 'inBatch', refusedBatch: 'changesNobody', listedRooms: 'fresh' })).toMatchObject({
    swaps: 'inBatch',
    refusalsAtomic: true,
    listedRoomsFresh: true,
  })
  expect(
    profileBy(profiles.roomkey, { swaps: 'inOrder', refusedBatch: 'changesOthers', personIds: 'refused' }),
  ).toMatchObject({
    swaps: 'forbidden',
    refusalsAtomic: false,
    addressBy: 'email',
  })
  expect(profileBy(profiles.roomkey, { staleSeconds: 1800 }).settleMs).toBe(1_860_000)
  // One change that showed at once does not mean that each does.
  expect(profileBy(webex, { staleSeconds: 0 }).settleMs).toBe(webex.settleMs)
})

it('relies on its name in a plan of an older version', () => {
  expect(profileOf({ profile: 'webex', behaviour: null })).toEqual(profiles.webex)
})

it('is given to plan, and decides about its rooms, its order and its run', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const answers = { swaps: 'refused', freedIds: 'free', personIds: 'refused', underscores: 'refused' } as const
  const people = ['ann', 'bob', 'cleo'].map(name => ({
    email: `${name}@example.com`,
    personalMeetingRoomId: name,
  }))
  const target = await startRoomkey({ profile: { answers }, seed: { sites: [{ siteUrl, people }] } })
  onTestFinished(() => target.close())
  await writeFile(join(folder, 'profile.json'), JSON.stringify({ answers }))
  await writeFile(
    join(folder, 'ids.csv'),
    'email,personalMeetingRoomId\nann@example.com,bob\nbob@example.com,ann\ncleo@example.com,cleo_1\n',
  )
  const env = { ROOMKEY_TOKEN: await target.token(), DATABASE_URL: undefined }
  const run = (...words: string[]) => roomkey([...words, '--data', join(folder, 'data')], { env, cwd: folder })

  const planned = await run(
    'plan',
    '--site',
    siteUrl,
    '--target',
    target.url,
    '--people',
    'ids.csv',
    '--ids',
    'csv',
    '--profile',
    'profile.json',
    '--json',
  )
  expect(planned.code, planned.stderr).toBe(0)
  expect(JSON.parse(planned.stdout)).toMatchObject({ moves: 2, temporaries: 1 })
  expect(await readFile(join(folder, 'rotation-1.csv'), 'utf8')).toContain('underscore')
  const done = await run('run', '1')
  expect(done.code, done.stderr).toBe(0)
  expect(await target.people.roomId('ann@example.com')).toBe('bob')
  expect(await target.people.roomId('bob@example.com')).toBe('ann')
  // People are named by e-mail address, as the profile says, so that nothing was refused.
  expect(target.calls('refreshId').map(({ status }) => status)).not.toContain(404)

  const wrong = await run('plan', '--site', siteUrl, '--target', target.url, '--profile', 'ids.csv')
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('not valid JSON') })
})
