/** Calls that can be canceled. */
import { setMaxListeners } from 'node:events'
import { message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'
import { type Call, type CallDeps, type Fetch, type Permits, Unsent } from '../../webex/calls/calls.ts'
import type { Clock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'

export interface Cancellation {
  /** Once aborted, no further call is made, and none is waited for; null for calls that must not be cut off. */
  giveUp: AbortSignal | null
  /** Once aborted, no call waits for its permit any longer: a target may have asked for hours. */
  stop?: AbortSignal | undefined
}

/** After a stop, settings are put back, and a short wait for that is worth while. */
const settingsMs = 10_000

/**
 * The same calls until they are canceled, or until `ended`: then nothing is left that waits. After `giveUp`, each throws
 * a TargetError.
 */
export function cancellable(
  { giveUp, stop }: Cancellation,
  ended: AbortSignal,
  { fetch, permits, token, clock }: Required<Omit<CallDeps, 'timeoutMs' | 'onAsked'>>,
): CallDeps {
  const stopped = giveUp ?? stop
  const calls = anyOf(ended, stopped)
  const settings = anyOf(ended, giveUp ?? (stop && later(stop, settingsMs, ended, clock)))
  return {
    fetch: giveUp === null ? fetch : answeredUntil(giveUp, fetch),
    permits: permittedUntil(({ method }) => (method === 'PATCH' ? settings : calls), permits),
    token: {
      async token() {
        if (giveUp?.aborted) throw new TargetError('down', message('workCanceled'))
        return token.token()
      },
      renew: () => token.renew(),
    },
    clock: { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal ?? calls) },
  }
}

function anyOf(ended: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  const any = other === undefined ? ended : AbortSignal.any([ended, other])
  // Every call that waits listens to it.
  setMaxListeners(0, any)
  return any
}

/** Aborted some time after another signal. */
function later(signal: AbortSignal, ms: number, ended: AbortSignal, clock: Clock): AbortSignal {
  const late = new AbortController()
  const begin = () => void clock.sleep(ms, ended).then(() => late.abort())
  if (signal.aborted) begin()
  else signal.addEventListener('abort', begin, { once: true })
  return late.signal
}

/** Waits for a permit until it is canceled; one that comes afterwards is given back. */
function permittedUntil(canceledFor: (request: Pick<Call, 'method'>) => AbortSignal, permits: Permits): Permits {
  return {
    take(request) {
      const canceled = canceledFor(request)
      return new Promise((resolve, reject) => {
        const end = () => reject(new Unsent(message('callCanceled')))
        if (canceled.aborted) return end()
        canceled.addEventListener('abort', end, { once: true })
        permits
          .take(request, canceled)
          .then(report => (canceled.aborted ? report(null, null) : resolve(report)), reject)
          .finally(() => canceled.removeEventListener('abort', end))
      })
    },
    whenOpen: request => permits.whenOpen(request, canceledFor(request)),
  }
}

/** Waits for an answer until it is canceled: what only reads leaves nothing undone. */
function answeredUntil(giveUp: AbortSignal, fetch: Fetch): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const stop = () => reject(new MessageError(message('callCanceled')))
      giveUp.addEventListener('abort', stop, { once: true })
      fetch(url, init)
        .then(resolve, reject)
        .finally(() => giveUp.removeEventListener('abort', stop))
    })
}
