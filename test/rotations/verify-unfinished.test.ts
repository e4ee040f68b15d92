/** Verifying what has not begun, or not ended, is no success: on the command line and in the service. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ChildService,
  removeFolder,
  roomkey,
  serve,
  stop,
  temporaryFolder,
  tokenOf,
} from '../../devtools/child-service.ts'

const rotations = '/api/sites/example.webex.com/rotations'

let folder: string
let service: ChildService
beforeAll(async () => {
  folder = await temporaryFolder()
  service = await serve(folder, ['--demo', '60'])
  // The first never begins, and the second stops after its pilots.
  for (const _ of [1, 2]) expect((await command(['plan', '--site', 'example.webex.com'])).code).toBe(0)
  expect((await command(['run', '2', '--pause-after-canary'])).code).not.toBe(0)
})
afterAll(async () => {
  await stop(service)
  await removeFolder(folder)
})

const command = (words: string[]) => roomkey([...words, '--data', folder], { cwd: folder })

async function verifyByService(number: number): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
  const answer = await fetch(`${service.url}${rotations}/${number}/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(folder)}`, accept: 'application/problem+json, application/json' },
  })
  return { status: answer.status, body: await answer.json() }
}

describe('verifying a rotation that never began', () => {
  it('is refused by the command line, with exit code 2 and what to do', async () => {
    const { code, stdout, stderr } = await command(['verify', '1'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Rotation 1 has not started; start it with roomkey run 1.')
  })

  it('is refused by the service', async () => {
    const { status, body } = await verifyByService(1)
    expect([status, body.errors[0].code]).toEqual([409, 'wrongState'])
  })
})

describe('verifying a rotation that is unfinished', () => {
  it('says so on the command line, with exit code 4', async () => {
    const { code, stdout } = await command(['verify', '2'])
    expect(code).toBe(4)
    expect(stdout).toMatch(/The rotation has not ended: \d+ rooms are still .* resume it with roomkey resume 2\./)
    const { open, state } = JSON.parse((await command(['verify', '2', '--json'])).stdout)
    expect([state, open > 0]).toEqual(['stopped', true])
  })

  it('says so in the service', async () => {
    const { status, body } = await verifyByService(2)
    expect([status, body.state, body.open > 0, body.changed]).toEqual([200, 'stopped', true, 10])
  })
})
