/**
 * Calls that change nothing, or nothing twice: repeated until they are answered as documented, or clearly will not be.
 */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { type Call, type CallDeps, type Called, call } from './calls.ts'
import { systemClock } from './clock.ts'
import { adviseOnOddAnswer, describeOddAnswer } from './odd-answer.ts'
import { statusOf } from './refresh-answer.ts'
import { readRefusal } from './refusal.ts'
import { TargetError } from './target-error.ts'

export type Response = Extract<Called, { kind: 'response' }>

/**
 * `answer`: as documented, or a refusal. `odd`: again and again something else. `failed`: again and again a 5xx or
 * nothing; `reached` unless there was never a connection.
 */
export type ReadOutcome =
  | { kind: 'answer'; answer: Response }
  | { kind: 'odd'; answer: Response }
  | { kind: 'failed'; why: MessageOrText; reached: boolean }

/** A read that fails this often in a row will not succeed soon; nor will one that is answered oddly so often. */
const tries = 6
const oddTries = 4
/** Waiting longer than this between two attempts helps nobody. */
const maxPauseMs = 30_000
/** However soon a target that answers "later" may be called again. */
const soonestMs = 1_000

export interface Reads {
  /** @throws TargetError where it is put off */
  attempt(request: Call, isExpected: (answer: Response) => boolean): Promise<ReadOutcome>
  /** The answer, or a refusal. @throws TargetError about `subject` where there is neither */
  read(subject: Message, request: Call, isExpected: (answer: Response) => boolean): Promise<Response>
  failure(subject: Message, outcome: Exclude<ReadOutcome, { kind: 'answer' }>): TargetError
}

export function createReads(host: string, deps: CallDeps): Reads {
  const clock = deps.clock ?? systemClock

  const attempt: Reads['attempt'] = async (request, isExpected) => {
    let oddly = 0
    let last: Exclude<ReadOutcome, { kind: 'answer' }> = { kind: 'failed', why: '', reached: false }
    let reached = false
    for (let number = 1; number <= tries && oddly < oddTries; ) {
      const called = await call(deps, request)
      if (called.kind === 'response' && (called.status === 429 || called.status === 423)) {
        // Who gives permits waits for Retry-After before the next one.
        await clock.sleep(deps.permits === undefined ? (called.asked?.waitMs ?? soonestMs) : soonestMs)
        continue
      }
      if (called.kind === 'unsent' && called.until !== undefined) throw putOff(called.why, called.until)
      reached ||= called.kind !== 'unsent'
      if (called.kind === 'response' && called.status < 500) {
        if (isExpected(called) || isRefusal(called)) return { kind: 'answer', answer: called }
        oddly += 1
        last = { kind: 'odd', answer: called }
      } else last = { kind: 'failed', why: called.kind === 'response' ? statusOf(called) : called.why, reached }
      if (number < tries && oddly < oddTries) await clock.sleep(pauseMs(number))
      number += 1
    }
    return last
  }

  const failure: Reads['failure'] = (subject, outcome) => {
    if (outcome.kind === 'failed') return new TargetError('down', message('targetDown', { host, reason: outcome.why }))
    const { answer } = outcome
    const words = { subject, answer: describeOddAnswer(answer), advice: adviseOnOddAnswer(answer) }
    return new TargetError('unexpected', message('targetUnexpected', words), { trackingId: answer.trackingId })
  }

  return {
    attempt,
    failure,
    async read(subject, request, isExpected) {
      const outcome = await attempt(request, isExpected)
      if (outcome.kind === 'answer') return outcome.answer
      throw failure(subject, outcome)
    },
  }
}

/** In the target's own words. A page that says 403 comes from somebody before it. */
function isRefusal({ status, json }: Response): boolean {
  return status >= 400 && status < 500 && !(status === 403 && json === undefined)
}

export function putOff(reason: MessageOrText, until: number): TargetError {
  return new TargetError('later', reason, { until })
}

export function denied(action: Message, { status, json, trackingId }: Response): TargetError {
  const { reason } = readRefusal(json)
  const advice = message(status === 401 ? 'adviceSignIn' : status === 403 ? 'adviceScopes' : 'adviceUrl')
  const words = message('targetDenied', { action, status: String(status), reason, advice })
  return new TargetError('denied', words, { status, trackingId })
}

/** Half a second, doubling, plus up to as much again at random, so that many clients do not come back together. */
function pauseMs(attempt: number): number {
  return Math.min(maxPauseMs, 500 * 2 ** (attempt - 1)) * (1 + Math.random() / 2)
}
