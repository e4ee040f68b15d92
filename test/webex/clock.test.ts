import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '#roomkey/webex/calls/clock.js'

describe('the clock of the engine', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it("follows the machine's clock forward, and continues from where it was when that is set back", async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: systemClock.now() + 3_600_000 })
    const forward = Date.now()
    expect(systemClock.now()).toBe(forward)
    vi.setSystemTime(forward - 7_200_000)
    await sleep(30)
    const later = systemClock.now()
    expect(later).toBeGreaterThanOrEqual(forward + 25)
    expect(later).toBeLessThan(forward + 60_000)
    vi.setSystemTime(forward + 60_000)
    expect(systemClock.now()).toBe(forward + 60_000)
  })
})
