/** Sends calls one by one, together or again and again, and counts what came of them. */

/** Counts of what came of it, such as statuses of answers. */
export type Outcome = Record<string, number>

export const json = { 'content-type': 'application/json' }
export const bearer = (token: string) => ({ authorization: `Bearer ${token}`, ...json })

/** The status; for a 503 that does not say when to come again, and where no answer came, that. */
export async function send(
  url: string,
  headers: Record<string, string>,
  body?: string | Uint8Array<ArrayBuffer>,
  method = 'POST',
): Promise<string> {
  try {
    const answer = await fetch(url, { method, headers, body: body ?? null, signal: AbortSignal.timeout(180_000) })
    await answer.arrayBuffer()
    const bare = answer.status === 503 && !answer.headers.has('retry-after')
    return bare ? '503 without Retry-After' : String(answer.status)
  } catch {
    return 'no answer'
  }
}

export async function together(times: number, act: (n: number) => Promise<string>): Promise<Outcome> {
  return count(await Promise.all(Array.from({ length: times }, (_, n) => act(n))))
}

export async function repeatedly(clients: number, seconds: number, act: () => Promise<string>): Promise<Outcome> {
  const until = Date.now() + seconds * 1000
  const each = async () => {
    const outcomes: string[] = []
    while (Date.now() < until) outcomes.push(await act())
    return outcomes
  }
  return count((await Promise.all(Array.from({ length: clients }, each))).flat())
}

function count(outcomes: string[]): Outcome {
  const counts: Outcome = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
