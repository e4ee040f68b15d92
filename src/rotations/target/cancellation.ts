/** Calls that can be canceled. */
import { message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'
import { type CallDeps, type Fetch, type Permits, Unsent } from '../../webex/calls/calls.ts'
import { TargetError } from '../../webex/calls/target-error.ts'

export interface Cancellation {
  /** Once aborted, no further call is made, and none is waited for; null for calls that must not be cut off. */
  giveUp: AbortSignal | null
  /** Once aborted, no refresh waits for its permit any longer: a target may have asked for hours. */
  stop?: AbortSignal | undefined
}

/** The same calls until they are canceled. After that, each throws a TargetError. */
export function cancellable(
  cancellation: Cancellation,
  { fetch, permits, token, clock }: Required<Omit<CallDeps, 'timeoutMs'>>,
): CallDeps {
  const { giveUp } = cancellation
  return {
    fetch: giveUp === null ? fetch : answeredUntil(giveUp, fetch),
    permits: takenUntil(cancellation, permits),
    token: {
      async token() {
        if (giveUp?.aborted) throw new TargetError('down', message('workCanceled'))
        return token.token()
      },
      renew: () => token.renew(),
    },
    clock: { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal ?? giveUp ?? undefined) },
  }
}

/** Waits for a permit until it is canceled; one that comes afterwards is given back. */
function takenUntil({ giveUp, stop }: Cancellation, permits: Permits): Permits {
  return {
    take(request) {
      const canceled = giveUp ?? (request.method === 'POST' ? stop : undefined)
      if (canceled === undefined) return permits.take(request)
      return new Promise((resolve, reject) => {
        const end = () => reject(new Unsent(message('callCanceled')))
        if (canceled.aborted) return end()
        canceled.addEventListener('abort', end, { once: true })
        permits
          .take(request)
          .then(report => (canceled.aborted ? report(null) : resolve(report)), reject)
          .finally(() => canceled.removeEventListener('abort', end))
      })
    },
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
