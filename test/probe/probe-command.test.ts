/** `roomkey probe` as a process: asks first, is stopped, is killed for real, and puts the rooms back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { program, removeFolder, roomkey as runCommand, temporaryFolder } from '../../devtools/child-service.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { TargetAnswers } from '../../src/testkit/types.ts'
import { people, siteUrl } from './planted-targets.ts'

async function start(answers: TargetAnswers = {}) {
  const target = await startRoomkey({ profile: { answers }, seed: { sites: [{ siteUrl, people }] } })
  const folder = await temporaryFolder()
  onTestFinished(async () => {
    await target.close()
    await removeFolder(folder)
  })
  const data = ['--data', join(folder, 'data')]
  const env = { ROOMKEY_TOKEN: await target.token() }
  const emails = people.map(({ email }) => email).join(',')
  const words = ['probe', '--site', siteUrl, '--people', emails, '--target', target.url, ...data]
  return {
    target,
    folder,
    words,
    run: (...more: string[]) => runCommand([...words, ...more], { env, cwd: folder }),
    restore: () => runCommand(['probe', '--restore', ...data], { env, cwd: folder }),
    begin: () =>
      spawn(process.execPath, [program, ...words, '--yes'], { env: { ...process.env, ...env }, cwd: folder }),
    journal: join(folder, 'data/probe.json'),
    ids: () => Promise.all(people.map(({ email }) => target.people.roomId(email))),
  }
}

const originalIds = people.map(({ personalMeetingRoomId }) => personalMeetingRoomId)

it('asks before it changes a room, and writes what it found without secrets or names', async () => {
  const { target, folder, run, ids, journal } = await start({ swaps: 'refused', offenders: 'unnamed' })
  const asked = await run()
  expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('Nobody can be asked here; add --yes') })
  expect(asked.stderr).toContain('ann@example.com')
  expect(target.calls('refreshId')).toEqual([])

  const { code, stdout, stderr } = await run('--yes', '--json')
  expect(code, stderr).toBe(0)
  const file = await readFile(join(folder, 'webex-profile.json'), 'utf8')
  expect(JSON.parse(stdout)).toEqual(JSON.parse(file))
  const profile = JSON.parse(file)
  expect(profile.answers).toMatchObject({ swaps: 'refused', offenders: 'unnamed', refusedBatch: 'changesNobody' })
  for (const question of Object.keys(profile.answers))
    expect(profile.evidence[question].length, question).toBeGreaterThan(0)
  for (const { email, personalMeetingRoomId } of people) {
    expect(file).not.toContain(email)
    expect(file).not.toContain(personalMeetingRoomId)
  }
  expect(file).not.toMatch(/hostPin|Bearer|PEOPLE|Y2lzY29zcGFyazov/)
  expect((await stat(join(folder, 'webex-profile.json'))).mode & 0o777).toBe(0o600)
  expect([await ids(), existsSync(journal)]).toEqual([originalIds, false])
})

it('stops when it is asked to, with every room as it was', async () => {
  const { begin, ids, journal, folder } = await start({ staleSeconds: 1800 })
  const child = begin()
  await until(child, 'does not show the change yet')
  expect((await ids())[0]).toMatch(/^rk-probe-/)
  child.kill('SIGINT')
  expect((await once(child, 'close'))[0]).toBe(4)
  expect([await ids(), existsSync(journal)]).toEqual([originalIds, false])
  expect(existsSync(join(folder, 'webex-profile.json'))).toBe(false)
})

it('is made good after it was killed, by --restore or by the next probe', { timeout: 60_000 }, async () => {
  const { target, begin, restore, run, ids, journal } = await start()
  expect(await restore()).toMatchObject({ code: 0, stdout: 'No probe has left anything to put back.\n' })
  for (const nth of [4, 14, 27]) {
    target.faults.add({ call: 'refreshId', nth, times: 1, fault: { slowMs: 600_000 } })
    const child = begin()
    while (target.faults.list().every(({ hit }) => hit === 0)) await sleep(20)
    child.kill('SIGKILL')
    await once(child, 'close')
    target.faults.clear()
    expect((await stat(journal)).mode & 0o777).toBe(0o600)
    expect(await ids()).not.toEqual(originalIds)

    const made = nth === 27 ? await run('--yes') : await restore()
    expect(made.code, made.stderr).toBe(0)
    expect(made.stderr).toContain('did not end')
    expect([await ids(), existsSync(journal)]).toEqual([originalIds, false])
  }
})

it('says what is wrong with its words, and leaves a journal alone that it cannot read', async () => {
  const { run, restore, journal } = await start()
  const two = await run('--people', 'ann@example.com,ANN@example.com,bob@example.com', '--yes')
  expect(two).toMatchObject({ code: 2, stderr: expect.stringContaining('three different people') })
  const nobody = await run('--people', 'ann@example.com,bob@example.com,zoe@example.com', '--yes')
  expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('zoe@example.com') })
  await writeFile(journal, '{"rooms":')
  expect(await restore()).toMatchObject({ code: 2, stderr: expect.stringContaining('put their IDs back') })
  expect(existsSync(journal)).toBe(true)
})

async function until(child: ChildProcess, words: string): Promise<void> {
  let said = ''
  child.stderr!.on('data', data => {
    said += data
  })
  while (!said.includes(words)) await Promise.race([once(child.stderr!, 'data'), once(child, 'close')])
}
