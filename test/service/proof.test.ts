/** The commands of a machine send its administrator's token only to the service that proves that it is the one. */
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const site = ['--site', 'example.webex.com']

it('sends no token to whoever listens on the port of a service that was killed', async () => {
  const folder = await temporaryFolder()
  const service = await serve(folder, ['--demo', '5'])
  const csv = join(folder, 'people.csv')
  writeFileSync(csv, 'email\njohn.andersen@example.com\n')
  const commands = [
    ['refresh', csv, ...site],
    ['plan', ...site, '--out', join(folder, 'plan.csv')],
    ['audit', ...site, '--target', service.url],
    ['contract', csv],
  ]
  const run = (words: string[], env = {}) => roomkey([...words, '--data', folder], { env })
  expect(await run(commands[0]!)).toMatchObject({ code: 0 })
  expect(await run(commands[1]!)).toMatchObject({ code: 0 })
  const token = await tokenOf(folder)
  await stop(service, 'SIGKILL')

  const calls: IncomingMessage[] = []
  const impostor = createServer((request, response) => {
    calls.push(request)
    response.end('{"proof":"00"}')
  }).listen(Number(new URL(service.url).port), '127.0.0.1')
  await once(impostor, 'listening')
  const said = async (what: RegExp, again: string) => {
    for (const [index, plain] of [...commands.slice(0, 3), ['run', '1']].entries()) {
      for (const env of [{}, { ROOMKEY_TOKEN: token }]) {
        // A run that got no token has started all the same.
        const words = index === 3 && 'ROOMKEY_TOKEN' in env ? [again, '1'] : plain
        // Somebody who names a target and gives a token has decided.
        if (words[0] === 'audit' && 'ROOMKEY_TOKEN' in env) continue
        expect([words, env, await run(words, env)]).toMatchObject([
          words,
          env,
          { code: 5, stderr: expect.stringMatching(what) },
        ])
      }
    }
  }
  // Its process has ended: there is none.
  await said(/No service of the data folder .* is running; start it with roomkey serve|There is no token for/, 'run')
  // Its process ID is somebody else's by now.
  const note = join(folder, 'service.json')
  writeFileSync(note, readFileSync(note, 'utf8').replace(/"pid": \d+/, `"pid": ${process.pid}`))
  await said(/does not prove that it is the service of this data folder/, 'resume')
  expect(calls.length).toBeGreaterThan(0)
  expect(calls.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])

  impostor.close()
  impostor.closeAllConnections()
  await removeFolder(folder)
}, 90_000)

it('leaves the note of a service that still runs when another one of its folder ends', async () => {
  const folder = await temporaryFolder()
  const first = await serve(folder, ['--demo', '5'])
  const second = await serve(folder)
  const third = await serve(folder)
  await stop(second)
  await stop(third)
  const plan = ['plan', ...site, '--out', join(folder, 'plan.csv'), '--data', folder]
  expect(await roomkey(plan)).toMatchObject({ code: 0 })
  await stop(first)
  expect(existsSync(join(folder, 'service.json'))).toBe(false)
  expect((await roomkey(plan)).stderr).toMatch(/^roomkey: No service of the data folder/)
  await removeFolder(folder)
}, 60_000)
