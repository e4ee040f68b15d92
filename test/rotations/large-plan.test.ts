import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'

it('plans for 500,000 people in less than 300 MB', async () => {
  const child = fork(new URL('large-plan-process.mjs', import.meta.url).pathname, ['500000'], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  let out = ''
  child.stdout!.on('data', data => {
    out += data
  })
  await once(child, 'exit')
  const { moves, peakMb } = JSON.parse(out) as { moves: number; peakMb: number }
  expect(moves).toBe(500_000)
  expect(peakMb).toBeLessThan(300)
}, 300_000)
