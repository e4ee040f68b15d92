/** Calls that keep to a share of what a target allows, and leave the rest to whatever else is done with it. */
import { message } from '../../messages/message.ts'
import { type Permits, Unsent } from '../../webex/calls/calls.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import type { Budget } from './connect.ts'

/**
 * One call at a time, by the governor that all share. Where a pace is known, no more than the share of it; and never
 * under way for more than that share of the time.
 *
 * @param share above 0, up to 1.
 */
export function sharedBudget({ governor, permits }: Budget, share: number, clock: Clock): Budget {
  let due = 0
  let last: Promise<void> = Promise.resolve()

  const takeOf =
    (permits: Permits): Permits['take'] =>
    async (request, signal) => {
      const before = last
      let done: () => void = () => undefined
      last = new Promise(resolve => {
        done = resolve
      })
      try {
        await before
        await clock.sleep(due - clock.now(), signal)
        if (signal?.aborted) throw new Unsent(message('callCanceled'))
        const report = await permits.take(request, signal)
        const began = clock.now()
        return (response, asked) => {
          report(response, asked)
          const { callsPerSecond: pace } = governor
          const tripMs = clock.now() - began
          due = Math.max(began + (pace === null ? 0 : 1000 / (pace * share)), began + tripMs / share)
          done()
        }
      } catch (error) {
        done()
        throw error
      }
    }
  const shareOf = (permits: Permits): Permits => ({
    take: takeOf(permits),
    whenOpen: (request, signal) => permits.whenOpen(request, signal),
  })
  return {
    governor,
    permits: { ...shareOf(permits), under: (stay, onPause) => shareOf(permits.under(stay, onPause)) },
  }
}
