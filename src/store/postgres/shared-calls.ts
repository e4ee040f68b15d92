import type { SharedCalls } from '../store.ts'
import { type Connections, withConnection } from './connections.ts'
import { retrying } from './transaction.ts'

/** A lease is this part of what is left, so that an idle process does not hold the last calls of a window. */
const part = 20

/**
 * Divides a token's calls among the processes on this database. The window is a minute by the database's clock, which
 * all of them share.
 */
export function sharedCalls(connections: Connections): SharedCalls {
  return {
    async lease(tokenId, perMinute) {
      // Retried after its answer was lost, a grant may happen twice; nobody uses the first one.
      const { rows } = await retrying(() =>
        withConnection(connections, connection =>
          connection.query<{ granted: number; endsInMs: number }>({
            name: 'lease calls',
            text: leaseCalls,
            values: [tokenId, perMinute],
          }),
        ),
      )
      return rows[0]!
    },
  }
}

const share = (calls: string) => `least(greatest(1, ($2::int - ${calls}) / ${part}), greatest(0, $2::int - ${calls}))`
const over = 'old.window_ends <= clock_timestamp()'

const leaseCalls = `
  insert into call_count as old (token_id, window_ends, calls, granted)
  values ($1, clock_timestamp() + interval '1 minute', ${share('0')}, ${share('0')})
  on conflict (token_id) do update set
    window_ends = case when ${over} then excluded.window_ends else old.window_ends end,
    calls = case when ${over} then excluded.calls else old.calls + ${share('old.calls')} end,
    granted = case when ${over} then excluded.granted else ${share('old.calls')} end
  returning granted, ceil(extract(epoch from window_ends - clock_timestamp()) * 1000)::int as "endsInMs"`
