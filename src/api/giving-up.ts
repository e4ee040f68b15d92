/** Calls that nobody waits for any longer. */
import { type Fetch, type Turns, Unsent } from '../webex/calls.ts'

/** Said instead of a call that is not made any more. */
export const brokenOff = 'It was broken off; ask again.'

/** Waits for no turn any longer than it should; one that comes afterwards is given back. */
export function takenUntil(
  { giveUp, stop }: { giveUp: AbortSignal | null; stop?: AbortSignal | undefined },
  turns: Turns,
): Turns {
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
export function givingUp(fetch: Fetch, giveUp: AbortSignal): Fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const stop = () => reject(new Error('broken off'))
      giveUp.addEventListener('abort', stop, { once: true })
      fetch(url, init)
        .then(resolve, reject)
        .finally(() => giveUp.removeEventListener('abort', stop))
    })
}
