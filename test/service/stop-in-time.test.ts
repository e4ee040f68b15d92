/** A service manager kills what has not ended ten seconds after it was asked to. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { program, removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const folders: string[] = []

/** A folder with a plan. */
async function planned() {
  const folder = await temporaryFolder()
  folders.push(folder)
  const service = await serve(folder, ['--demo', '60'])
  const plan = ['plan', '--site', 'example.webex.com', '--data', folder, '--out', join(folder, 'plan.csv')]
  expect(await roomkey(plan)).toMatchObject({ code: 0 })
  const headers = { authorization: `Bearer ${await tokenOf(folder)}` }
  const call = (url: string, method: string, path: string) =>
    fetch(`${url}/api/sites/example.webex.com${path}`, { method, headers })
  return { folder, service, call }
}

/** Milliseconds from the signal to the end. */
async function endOf(child: ReturnType<typeof spawn>): Promise<{ ms: number; code: number | null }> {
  const began = performance.now()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return { ms: performance.now() - began, code }
}

/** Calls that are answered after two minutes. */
function slow(folder: string): string[] {
  const file = join(folder, 'faults.json')
  writeFileSync(file, JSON.stringify({ slow: { share: 1, ms: 120_000 } }))
  return ['--faults', file]
}

const cases: Record<string, () => Promise<{ ms: number; code: number | null }>> = {
  async 'a service whose rotation waits as the target asked'() {
    const { folder, service, call } = await planned()
    const other = await roomkey(['token', 'create', 'other', '--role', 'fullAdmin', '--scope', 'all', '--data', folder])
    const token = /rk_[\w-]+/.exec(other.stdout)![0]
    const lock = await fetch(`${service.url}/api/sites/example.webex.com/lock`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ minutes: 45 }),
    })
    expect(lock.status).toBe(200)
    expect((await call(service.url, 'POST', '/rotations/1/start')).status).toBe(200)
    const waits = async () =>
      (await (await call(service.url, 'GET', '/rotations/1')).text()).includes('"waitingUntil":"20')
    await expect.poll(waits, { timeout: 20_000 }).toBe(true)
    return endOf(service.process)
  },
  async 'a service whose rotation waits for an answer'() {
    const { folder, service, call } = await planned()
    await stop(service)
    const again = await serve(folder, slow(folder))
    const started = await call(again.url, 'POST', '/rotations/1/start')
    expect([started.status, await started.text()]).toEqual([200, expect.anything()])
    await new Promise(resolve => setTimeout(resolve, 500))
    return endOf(again.process)
  },
  async 'a command that waits for an answer'() {
    const { folder, service } = await planned()
    await stop(service)
    const port = new URL(service.url).port
    const again = await serve(folder, [...slow(folder), '--port', port])
    const run = spawn(process.execPath, [program, 'run', '1', '--data', folder], { stdio: 'ignore' })
    const runs = async () => (await roomkey(['status', '1', '--data', folder])).stdout
    await expect.poll(runs, { timeout: 20_000 }).toContain('running')
    const ended = await endOf(run)
    await stop(again, 'SIGKILL')
    return { ...ended, code: ended.code === 4 ? 0 : ended.code }
  },
}

it('ends within ten seconds, whatever the target asked to wait', async () => {
  const ended = await Promise.all(Object.entries(cases).map(async ([name, end]) => ({ name, ...(await end()) })))
  for (const { name, ms, code } of ended) expect([name, code, ms < 10_000 || ms]).toEqual([name, 0, true])
  for (const folder of folders) await removeFolder(folder)
}, 90_000)
