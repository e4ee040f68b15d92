/**
 * Fuzzing over real sockets. `npm run test:fuzz` runs for ROOMKEY_FUZZ_SECONDS per engine with a new seed, or with
 * ROOMKEY_FUZZ_SEED, with bodies of up to ROOMKEY_FUZZ_MIB and ROOMKEY_FUZZ_CLIENTS at once; otherwise it is one round
 * with the same seed each time.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { fuzz, renderReport, slowClients } from './fuzz.ts'
import { type FuzzedService, startFuzzedService } from './fuzzed-service.ts'

const seconds = Number(process.env.ROOMKEY_FUZZ_SECONDS ?? 0)
const seed = Number(process.env.ROOMKEY_FUZZ_SEED ?? (seconds > 0 ? Date.now() % 2 ** 30 : 4711))
const runs = seconds > 0 ? 60 : 16
const heaviest = Number(process.env.ROOMKEY_FUZZ_MIB ?? (seconds > 0 ? 64 : 1)) * 2 ** 20
const clients = Number(process.env.ROOMKEY_FUZZ_CLIENTS ?? 12)

/** How much the heap may grow: caches fill, code is compiled. A leak of 1 KB a request shows within a few minutes. */
const growthMb = 24

for (const engine of engines) {
  describe(`${engine}: any request`, () => {
    let service: FuzzedService

    beforeEach(async () => {
      service = await startFuzzedService(engine)
    })
    afterEach(() => service.stop())

    it('is answered as described, promptly, and never with 5xx', { timeout: (seconds + 180) * 1000 }, async () => {
      const slow = slowClients(service.port, 60)
      const report = await fuzz(service, { seed, runs, until: Date.now() + seconds * 1000, heaviest, clients })
      process.stdout.write(renderReport(engine, seed, report))
      expect(report.findings).toEqual([])
      expect(report.heapMb.at(-1)! - report.heapMb[0]!).toBeLessThan(growthMb)
      await slow
      expect((await service.weigh()).connections).toBe(0)
    })
  })
}
