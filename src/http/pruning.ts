/** Deletes what is over, for as long as the service runs. docs/reliability.md says of each table why it grows or not. */

import { dayMs } from '../time.ts'
import { systemClock } from '../webex/calls/clock.ts'
import type { Api } from './app.ts'

const everyMs = 60 * 60 * 1000
const firstMs = 60 * 1000

/** Rows of one transaction: others wait for it. */
const limit = 200
/** Between two transactions, in milliseconds. */
const pauseMs = 20

/** How long a message that was delivered can be sent again, and one for an inactive webhook waits for it. */
const deliveriesMs = 7 * dayMs

/** A plan that nobody has started by then says of its rooms what is long out of date. */
const plansMs = 90 * dayMs

/** Webex deletes a meeting this long after its end; what was read of meetings is of no more use by then. */
const meetingsMs = 180 * dayMs

export function pruneHourly(api: Api): void {
  const stopping = new AbortController()
  let pruning: Promise<void> = Promise.resolve()
  api.app.addHook('onReady', async () => {
    pruning = repeat(api, stopping.signal)
  })
  api.app.addHook('onClose', async () => {
    stopping.abort()
    await pruning
  })
}

async function repeat(api: Api, stopping: AbortSignal): Promise<void> {
  const { app } = api
  for (let waitMs = firstMs; ; waitMs = everyMs) {
    await systemClock.sleep(waitMs, stopping)
    if (stopping.aborted) return
    await prune(api, stopping).catch((error: unknown) => app.log.error({ err: error }, 'old rows could not be deleted'))
  }
}

/** Deletes everything that is over now, a slice at a time. */
export async function prune({ app, store }: Api, stopping: AbortSignal): Promise<void> {
  const now = app.clock.now()
  const before = now - deliveriesMs
  const slices = [
    () => store.write('deleteOldAnswers', { now, limit }),
    () => store.write('deleteEndedSessions', { now, limit }),
    () => store.write('deleteOldDeliveries', { doneBefore: before, keptSince: before, limit }),
    () => store.write('dropForgottenPlan', { before: now - plansMs }),
    () => store.write('deleteOldMeetings', { before: now - meetingsMs, limit }),
    () => store.write('deleteOldMeetingReadings', { before: now - meetingsMs, limit }),
  ]
  for (const slice of slices) {
    while (!stopping.aborted && (await slice()) > 0) await systemClock.sleep(pauseMs, stopping)
  }
}
