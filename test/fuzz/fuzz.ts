/** Calls every operation of a service for a while, and records everything that is wrong with its answers. */
import { connect } from 'node:net'
import fc from 'fast-check'
import { type Exchange, exchange } from '../support/raw-http.ts'
import { crowd } from './crowd.ts'
import type { FuzzedService } from './fuzzed-service.ts'
import { heavyTrick } from './heavy-tricks.ts'
import { faultOf, takesItsTime } from './judge.ts'
import { bytesOf, nameOf, type OpenApi, type Operation, operationsOf, type Request, requestTo } from './requests.ts'
import { wireTrick } from './wire-tricks.ts'

export interface FuzzWish {
  seed: number
  /** How often each operation is called in a round. */
  runs: number
  /** After the first round, more follow until this time, in milliseconds since 1970. */
  until: number
  /** The largest body, in bytes. */
  heaviest: number
  /** How many call at once, half of them with what no client would send. */
  clients: number
}

export interface FuzzReport {
  rounds: number
  operations: number
  requests: number
  tricks: number
  /** Operations that never succeeded: an operation that only ever refuses is hardly tested. */
  never: string[]
  /** Answers by their status. */
  statuses: Map<number, number>
  /** What was wrong, each with a way to repeat it. */
  findings: string[]
  /** Megabytes of heap in use after each round. */
  heapMb: number[]
}

export async function fuzz(
  service: FuzzedService,
  { seed, runs, until, heaviest, clients }: FuzzWish,
): Promise<FuzzReport> {
  const { port, tokens } = service
  const operations = operationsOf(await readOpenApi(port))
  const report: FuzzReport = {
    rounds: 0,
    operations: operations.length,
    requests: 0,
    tricks: 0,
    never: operations.map(nameOf),
    statuses: new Map(),
    findings: [],
    heapMb: [],
  }
  /** The more call at once, the longer each may have to wait: two cores are for all of them. */
  const waitMs = 15_000 * Math.max(1, clients / 12)
  const lanes = Math.ceil(clients / 2)
  const count = ({ answers }: Exchange) => {
    for (const { status } of answers) report.statuses.set(status, (report.statuses.get(status) ?? 0) + 1)
  }

  async function callOften(operation: Operation, index: number): Promise<void> {
    const roundSeed = seed + report.rounds * 1000 + index
    const property = fc.asyncProperty(requestTo(operation, service), async request => {
      const found = await exchange(port, [bytesOf(request)], {
        isHead: request.method === 'HEAD',
        waitMs: takesItsTime(operation) ? 3_000 : waitMs,
      })
      report.requests += 1
      count(found)
      const fault = faultOf(found, request.method === operation.method ? operation : undefined)
      if (fault !== undefined) throw new Error(fault)
      if (request.method === operation.method && (found.answers[0]?.status ?? 400) < 300) {
        report.never = report.never.filter(name => name !== nameOf(operation))
      }
    })
    const outcome = await fc.check(property, { seed: roundSeed, numRuns: runs, interruptAfterTimeLimit: 60_000 })
    if (outcome.failed && outcome.counterexample !== null) {
      report.findings.push(asFinding(operation, seed, outcome.counterexample[0], outcome.errorInstance))
    }
  }

  async function play(tricks: ReturnType<typeof trickList>): Promise<void> {
    for (let trick = tricks.pop(); trick !== undefined; trick = tricks.pop()) {
      const found = await exchange(port, trick.parts, {
        wanted: trick.answers || Number.POSITIVE_INFINITY,
        isHead: trick.isHead ?? false,
        waitMs,
      })
      report.tricks += 1
      count(found)
      const silent = trick.answers === 0 && found.answers.length === 0 && found.end === 'closed'
      const fault = silent ? undefined : faultOf(found)
      const short = found.answers.length < trick.answers ? `only ${found.answers.length} answers` : undefined
      if (fault ?? short) report.findings.push(`${trick.name} (seed ${seed}): ${fault ?? short}`)
    }
  }
  const trickList = () => {
    const drawn = { seed: seed + report.rounds, numRuns: runs * 8 }
    const heavy = fc.sample(heavyTrick(tokens.fullAdmin, heaviest), { ...drawn, numRuns: runs * 2 })
    return [...fc.sample(wireTrick(tokens.fullAdmin), drawn), ...heavy]
  }

  do {
    const waiting = operations.map((operation, index) => ({ operation, index }))
    const work = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (report.rounds === 0 || Date.now() < until) await callOften(next.operation, next.index)
      }
    }
    await hangUps(port, runs)
    const crowded = await crowd(port, tokens.siteAdmin)
    report.tricks += crowded.exchanges.length
    for (const found of crowded.exchanges) count(found)
    report.findings.push(...crowded.findings)
    const tricks = trickList()
    await Promise.all([...Array.from({ length: lanes }, work), ...Array.from({ length: lanes }, () => play(tricks))])
    report.rounds += 1
    report.heapMb.push((await service.weigh()).heapMb)
  } while (Date.now() < until)

  report.findings.push(...distinct(service.faults))
  return report
}

/** What was logged, each kind once: entries that differ only in numbers and times are one kind. */
function distinct(faults: string[]): string[] {
  return [
    ...new Map(faults.map(fault => [/"message":"[^"]*|^.{60}/.exec(fault)?.[0].replace(/\d+/g, ''), fault])).values(),
  ]
}

async function readOpenApi(port: number): Promise<OpenApi> {
  const ask = 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  const { answers } = await exchange(port, [Buffer.from(ask)])
  return JSON.parse(answers[0]!.body) as OpenApi
}

function asFinding(operation: Operation, seed: number, request: Request, error: unknown): string {
  const bytes = bytesOf(request).toString('latin1')
  const shown = bytes.length > 2000 ? `${bytes.slice(0, 1500)} … ${bytes.length} bytes` : bytes
  return `${nameOf(operation)} (seed ${seed}): ${(error as Error).message}\n  sent: ${JSON.stringify(shown)}`
}

/** Clients that hang up as soon as they have sent their request. */
function hangUps(port: number, count: number): Promise<unknown> {
  const ask = `GET /api/sites HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer nobody\r\n\r\n`
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
      socket.write(ask.repeat(1 + (n % 3)), () => socket.resetAndDestroy())
      await new Promise(resolve => socket.on('close', resolve))
    }),
  )
}

/** Clients that send a byte now and then and never finish; resolves when the service has closed them all. */
export function slowClients(port: number, count: number): Promise<void> {
  const starts = [
    'GET /healthz HTTP/1.1\r\nX-Slow: ',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nX-Roomkey-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{',
  ]
  const closed = Array.from({ length: count }, (_, n) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const drip = setInterval(() => socket.write(' '), 200)
    socket.on('error', () => undefined).resume()
    socket.write(starts[n % starts.length]!)
    return new Promise<void>(resolve =>
      socket.on('close', () => {
        clearInterval(drip)
        resolve()
      }),
    )
  })
  return Promise.all(closed).then(() => undefined)
}

export function renderReport(engine: string, seed: number, { heapMb, ...report }: FuzzReport): string {
  const statuses = [...report.statuses].sort(([one], [other]) => one - other)
  const failures = statuses
    .filter(([status]) => status >= 500 && status !== 501 && status !== 503)
    .reduce((sum, [, count]) => sum + count, 0)
  return [
    `${engine}: ${report.requests} requests to ${report.operations} operations and ${report.tricks} tricks in ${report.rounds} rounds, seed ${seed}`,
    `  answers: ${statuses.map(([status, count]) => `${status}: ${count}`).join(', ')}`,
    `  5xx other than 501 and 503: ${failures}; findings: ${report.findings.length}; heap by round: ${heapMb.map(mb => mb.toFixed(1)).join(', ')} MB`,
    ...(report.never.length > 0 ? [`  never carried out: ${report.never.join(', ')}`] : []),
    ...report.findings.map(finding => `  FOUND ${finding}`),
    '',
  ].join('\n')
}
