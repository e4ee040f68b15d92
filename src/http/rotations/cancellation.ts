/** Calls that nobody waits for any longer. */
import { type CallDeps, type Fetch, type Permits, Unsent } from '../../webex/calls/calls.ts'
import { TargetError } from '../../webex/calls/target-error.ts'

export interface Over {
  /** Once aborted, no further call is made, and none is waited for. */
  giveUp: AbortSignal | null
  /** Once aborted, no refresh waits for its turn any longer: a target may have asked for hours. */
  stop?: AbortSignal | undefined
}

/** Calls that are made until they are over. After that, each throws a TargetError. */
export function cancellable(
  over: Over,
  { fetch, turns, token, clock }: Required<Omit<CallDeps, 'timeoutMs'>>,
): CallDeps {
  const { giveUp } = over
  return {
    fetch: giveUp === null ? fetch : answeredUntil(giveUp, fetch),
    turns: takenUntil(over, turns),
    token: {
      async token() {
        if (giveUp?.aborted) throw new TargetError('down', 'It was broken off; ask again.')
        return token.token()
      },
      renew: () => token.renew(),
    },
    clock: { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal ?? giveUp ?? undefined) },
  }
}

/** Waits for no turn any longer than it should; one that comes afterwards is given back. */
function takenUntil({ giveUp, stop }: Over, turns: Permits): Permits {
  return {
    take(request) {
      const over = giveUp ?? (request.method === 'POST' ? stop : undefined)
      if (over === undefined) return turns.take(request)
      return new Promise((resolve, reject) => {
        const end = () => reject(new Unsent('stopped before its turn'))
        if (over.aborted) return end()
        over.addEventListener('abort', end, { once: true })
        turns
          .take(request)
          .then(told => (over.aborted ? told(null) : resolve(told)), reject)
          .finally(() => over.removeEventListener('abort', end))
      })
    },
  }
}

/** Waits for no answer any longer once it is to give up: what only reads leaves nothing undone. */
function answeredUntil(giveUp: AbortSignal, fetch: Fetch): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const stop = () => reject(new Error('broken off'))
      giveUp.addEventListener('abort', stop, { once: true })
      fetch(url, init)
        .then(resolve, reject)
        .finally(() => giveUp.removeEventListener('abort', stop))
    })
}
