/** Replays the examples of a published operation against a target, and reports for each whether the answer matches. */
import type { Fetch } from '../webex/calls/calls.ts'
import { differences } from './differences.ts'
import type { Operation, ResponseExample } from './document.ts'

export interface Replayed {
  operationId: string
  status: string
  outcome: 'agrees' | 'differs' | 'not tried'
  /** The request that was sent, or why none was. */
  about: string
  differences: string[]
}

export interface ReplayTarget {
  /** The base URL, including the path in front of the operations' paths. */
  baseUrl: string
  token: string
  fetch: Fetch
}

export async function replay(operation: Operation, target: ReplayTarget): Promise<Replayed[]> {
  const replayed: Replayed[] = []
  const requests = operation.requestExamples ?? []
  let successes = 0
  for (const expected of operation.responseExamples) {
    if (/\{[^}]+\}/.test(operation.path)) {
      replayed.push(notTried(operation, expected, 'the path has parameters that no example fills in'))
    } else if (expected.status.startsWith('2')) {
      const request = requests[successes] ?? requests[0]
      successes += 1
      replayed.push(await attempt(operation, target, request?.example, expected, 'the request example as it stands'))
    } else {
      const provoked = provoke(operation, expected)
      replayed.push(
        provoked === undefined
          ? notTried(operation, expected, 'the document has no request that leads to this answer')
          : await attempt(operation, target, provoked.body, expected, provoked.about),
      )
    }
  }
  return replayed
}

/**
 * The published 400 comes without a request. For the batch refresh one can be made: once the example has been sent, its
 * first person holds an ID that its second person then asks for.
 */
function provoke({ path, requestExamples }: Operation, { status }: ResponseExample) {
  if (!path.endsWith('/personalMeetingRoom/refreshId') || status !== '400') return undefined
  const body = requestExamples?.[0]?.example as
    | { siteUrl: string; personalMeetingRoomIds: { personalMeetingRoomId?: string }[] }
    | undefined
  const [first, second] = body?.personalMeetingRoomIds ?? []
  if (body === undefined || first?.personalMeetingRoomId === undefined || second === undefined) return undefined
  const conflict = { ...second, personalMeetingRoomId: first.personalMeetingRoomId }
  return {
    body: { siteUrl: body.siteUrl, personalMeetingRoomIds: [conflict] },
    about: "the request example's second person asking for the first one's ID",
  }
}

async function attempt(
  operation: Operation,
  { baseUrl, token, fetch }: ReplayTarget,
  body: unknown,
  expected: ResponseExample,
  about: string,
): Promise<Replayed> {
  const response = await fetch(baseUrl + operation.path, {
    method: operation.method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    redirect: 'manual',
    signal: AbortSignal.timeout(60_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const found = [
    ...differences(Number(expected.status), response.status, 'status'),
    ...(expected.contentType === undefined
      ? []
      : differences(expected.contentType, response.headers.get('content-type'), 'content-type')),
    ...differences(expected.example, parsed(text)),
  ]
  const outcome = found.length === 0 ? 'agrees' : 'differs'
  return { operationId: operation.operationId, status: expected.status, outcome, about, differences: found }
}

function notTried({ operationId }: Operation, { status }: ResponseExample, about: string): Replayed {
  return { operationId, status, outcome: 'not tried', about, differences: [] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
