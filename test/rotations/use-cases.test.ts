/** The whole life of a rotation by each face: the same states, the same refusals, the same audit log. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
import { emptyDatabase, engines, type TestDatabase } from '../support/engines.ts'

const site = 'example.webex.com'
const rotations = `/api/sites/${site}/rotations`
/** Slow enough that a run can be locked out in the middle; then it waits until it is killed. */
const slowly = { slow: { share: 1, ms: 300 } }
const people = 400
const lock = `/api/sites/${site}/lock`
const everyone = {
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 10,
  freeze: false,
}

/** What came of an action: `done`, or the code of the refusal. */
type Outcome = string
type Action = 'start' | 'resume' | 'undo' | 'verify' | 'rehearse'

/** What both faces can do. */
interface Face {
  plan(): Promise<Outcome>
  /** Waits for the end of what it begins. */
  act(action: Action, number: number): Promise<Outcome>
  /** Starts a rotation, stops it in the middle by a lock of the site, and kills the process that runs it after `meanwhile`. */
  startAndKill(number: number, meanwhile: () => Promise<void>): Promise<void>
  /** Who is named in the audit log. */
  actor(): Promise<string>
}

for (const engine of engines) {
  describe(`rotations on ${engine}`, () => {
    let folder: string
    let database: TestDatabase
    let service: ChildService
    let token: string
    let secondToken: string
    const where = () => ['--data', folder, '--database', database.url]

    beforeEach(async () => {
      folder = await temporaryFolder()
      database = await emptyDatabase(engine)
      await writeFile(join(folder, 'faults.json'), JSON.stringify(slowly))
      await startService(['--demo', String(people)])
      token = await tokenOf(folder)
      const { json } = await call('POST', '/api/tokens', {
        name: 'second',
        role: 'fullAdmin',
        scopes: ['roomkey:admin'],
      })
      secondToken = json.token
      await call('PATCH', `/api/sites/${site}`, { needsApproval: true })
    })
    afterEach(async () => {
      await stop(service)
      await database.remove()
      await removeFolder(folder)
    })

    async function startService(more: string[] = []) {
      service = await serve(folder, ['--database', database.url, '--faults', join(folder, 'faults.json'), ...more])
    }

    async function call(method: string, path: string, body?: object, as = token) {
      const answer = await fetch(service.url + path, {
        method,
        headers: {
          authorization: `Bearer ${as}`,
          accept: 'application/problem+json, application/json',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, json: JSON.parse((await answer.text()) || 'null') }
    }

    const read = async (number: number) => (await call('GET', `${rotations}/${number}`)).json
    const approve = async (number: number) =>
      outcomeOf(await call('POST', `${rotations}/${number}/approve`, undefined, secondToken))

    function outcomeOf({ status, json }: Awaited<ReturnType<typeof call>>): Outcome {
      return status < 300 ? 'done' : json.errors[0].code
    }

    /** Waits until some of its rooms are changed, whoever runs it, and locks the site, so that the others are not. */
    async function lockInTheMiddle(number: number): Promise<void> {
      while ((await read(number)).counts.done === 0) await new Promise(done => setTimeout(done, 20))
      await call('PUT', lock, { minutes: 60 }, secondToken)
    }

    const http: Face = {
      plan: async () => outcomeOf(await call('POST', rotations, everyone)),
      async act(action, number) {
        const outcome = outcomeOf(await call('POST', `${rotations}/${number}/${action}`))
        while ((await read(number)).state === 'running' && action !== 'undo') {
          await new Promise(done => setTimeout(done, 50))
        }
        return outcome
      },
      async startAndKill(number, meanwhile) {
        expect(outcomeOf(await call('POST', `${rotations}/${number}/start`))).toBe('done')
        await lockInTheMiddle(number)
        await meanwhile()
        await stop(service, 'SIGKILL')
        await startService()
      },
      actor: async () => (await call('GET', '/api/session')).json.tokenId,
    }

    const commands: Record<Action, string> = {
      start: 'run',
      resume: 'resume',
      undo: 'undo',
      verify: 'verify',
      rehearse: 'rehearse',
    }
    const run = async (words: string[]): Promise<Outcome> => {
      const { code, stdout } = await roomkey([...words, '--json', ...where()], { cwd: folder })
      const { refused } = JSON.parse(stdout)
      if (typeof refused !== 'string') expect([words, code]).toEqual([words, 0])
      return typeof refused === 'string' ? refused : 'done'
    }
    const cli: Face = {
      plan: () => run(['plan', '--site', site]),
      act: (action, number) => run([commands[action], String(number)]),
      async startAndKill(number, meanwhile) {
        const child = spawn(process.execPath, [program, 'run', String(number), ...where()], { stdio: 'ignore' })
        const ended = once(child, 'close')
        await lockInTheMiddle(number)
        await meanwhile()
        child.kill('SIGKILL')
        await ended
      },
      actor: async () => expect.stringMatching(/^command-line:/) as unknown as string,
    }

    for (const [name, face] of Object.entries({ cli, http })) {
      it(`live the same life by the ${name}`, { timeout: 300_000 }, async () => {
        /** Every step in order, with its outcome. */
        const log: unknown[] = []
        const act = async (action: Action, number: number) => {
          log.push([action, number, await face.act(action, number)])
        }
        /** As both faces show it. */
        const stateOf = async (number: number) => {
          const { stdout } = await roomkey(['status', String(number), '--json', ...where()])
          const { state } = JSON.parse(stdout)
          expect([number, (await read(number)).state]).toEqual([number, state])
          log.push([`is ${state}`, number])
        }

        log.push(['plan', 1, await face.plan()], ['plan', 2, await face.plan()])
        await stateOf(1)
        await act('resume', 1)
        await act('undo', 1)
        await act('start', 1)
        log.push(['approve', 1, await approve(1)], ['approve', 2, await approve(2)])

        await face.startAndKill(1, async () => {
          await stateOf(1)
          await act('start', 2)
          await act('undo', 1)
          log.push(['approve', 1, await approve(1)])
        })
        await call('DELETE', lock, undefined, secondToken)
        await stateOf(1)
        const { done } = (await read(1)).counts
        expect(done).toBeGreaterThan(0)
        expect(done).toBeLessThan(people - 100)
        await act('start', 1)
        await act('undo', 1)
        await act('resume', 1)
        await stateOf(1)
        await act('start', 1)
        await act('resume', 1)
        await act('verify', 1)

        await act('undo', 1)
        await stateOf(4)
        await act('rehearse', 4)
        await act('start', 4)
        log.push(['approve', 4, await approve(4)])
        await act('start', 4)
        await stateOf(4)
        await stateOf(2)

        expect(log).toEqual([
          ['plan', 1, 'done'],
          ['plan', 2, 'done'],
          ['is planned', 1],
          ['resume', 1, 'wrongState'],
          ['undo', 1, 'undoWrongState'],
          ['start', 1, 'needsApproval'],
          ['approve', 1, 'done'],
          ['approve', 2, 'done'],
          ['is running', 1],
          ['start', 2, 'otherRotationRunning'],
          ['undo', 1, 'undoWrongState'],
          ['approve', 1, 'approveWrongState'],
          // Killed.
          ['is stopped', 1],
          ['start', 1, 'wrongState'],
          ['undo', 1, 'done'],
          ['resume', 1, 'done'],
          ['is finished', 1],
          ['start', 1, 'wrongState'],
          ['resume', 1, 'wrongState'],
          ['verify', 1, 'done'],
          ['undo', 1, 'done'],
          ['is planned', 4],
          ['rehearse', 4, 'done'],
          ['start', 4, 'needsApproval'],
          ['approve', 4, 'done'],
          ['start', 4, 'done'],
          ['is finished', 4],
          ['is planned', 2],
        ])
        const actor = await face.actor()
        const second = (await call('GET', '/api/session', undefined, secondToken)).json.tokenId
        const acts = (await call('GET', `/api/audit-events?siteUrl=${site}`)).json.items
          .filter(({ action }: { action: string }) => action.startsWith('rotation.'))
          .map(({ action, subject, tokenId }: Record<string, string>) => [action, subject, tokenId])
        expect(acts.reverse()).toEqual([
          ['rotation.planned', '1', actor],
          ['rotation.planned', '2', actor],
          ['rotation.approved', '1', second],
          ['rotation.approved', '2', second],
          ['rotation.started', '1', actor],
          ['rotation.planned', '3', actor],
          ['rotation.resumed', '1', actor],
          ['rotation.verified', '1', actor],
          ['rotation.planned', '4', actor],
          ['rotation.rehearsed', '4', actor],
          ['rotation.approved', '4', second],
          ['rotation.started', '4', actor],
        ])
      })
    }
  })
}
