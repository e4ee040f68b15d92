import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeFolder, sendBatch, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const batch = [{ email: 'john.andersen@example.com', systemGenerated: true }]
const files = ['roomkey.sqlite', 'roomkey.sqlite-wal', 'roomkey.sqlite-shm']

it('answers no 200 that is lost once its database file was removed or replaced, and goes on when it is back', async () => {
  const folder = await temporaryFolder()
  const aside = await temporaryFolder()
  const service = await serve(folder, ['--demo', '5', '--log', 'error'])
  const token = await tokenOf(folder)
  const state = async () => [
    (await sendBatch(service.url, token, batch))?.status,
    (await fetch(`${service.url}/readyz`)).status,
  ]
  const move = (from: string, to: string) => {
    for (const file of files) renameSync(join(from, file), join(to, file))
  }
  expect(await state()).toEqual([200, 200])

  move(folder, aside)
  expect(await state()).toEqual([503, 503])
  for (const file of files) copyFileSync(join(aside, file), join(folder, file))
  expect(await state()).toEqual([503, 503])
  move(aside, folder)
  expect(await state()).toEqual([200, 200])

  // Without its log, the database loses what is only in there.
  renameSync(join(folder, files[1]!), join(aside, files[1]!))
  expect(await state()).toEqual([503, 503])
  renameSync(join(aside, files[1]!), join(folder, files[1]!))
  expect(await state()).toEqual([200, 200])

  for (const file of readdirSync(folder).filter(name => name.startsWith('roomkey.sqlite'))) rmSync(join(folder, file))
  expect(await state()).toEqual([503, 503])
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
  expect(service.output).toContain('was removed or replaced while it was open; stop the service')
  await stop(service)
  await removeFolder(folder)
  await removeFolder(aside)
}, 60_000)
