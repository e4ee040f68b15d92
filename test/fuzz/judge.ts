/** Checks that hold for every answer, whatever the request was. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { ErrorAnswer, Problem } from '#roomkey/wire/errors.js'
import type { Exchange, RawAnswer } from '../support/raw-http.ts'
import type { Operation } from './requests.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
const compiled = new Map<object, ValidateFunction>()

/** Operations that answer for as long as a rotation runs, or only when a rehearsal's faults are over. */
export function takesItsTime(operation: Operation): boolean {
  return operation.path.endsWith('/events') || isRehearsal(operation)
}

function isRehearsal({ path }: Operation): boolean {
  return path.endsWith('/rehearse')
}

/** The violation as one sentence, or nothing. */
export function faultOf({ answers, rest, end }: Exchange, operation?: Operation): string | undefined {
  if (end === 'waited') {
    if (operation && isRehearsal(operation) && rest === '') return undefined
    // A stream that lasts as long as a rotation is not a late answer.
    return /^HTTP\/1\.1 200.*text\/event-stream/s.test(rest) ? undefined : 'no answer came in time'
  }
  if (answers.length === 0)
    return `the connection was closed without an answer${rest && `, after ${JSON.stringify(rest.slice(0, 80))}`}`
  // A request that could not be parsed may have been a HEAD: its answer has a body, and is the last one.
  if (
    rest !== '' &&
    !(answers.length === 1 && answers[0]!.status === 400 && answers[0]!.headers.connection === 'close')
  )
    return `bytes came after the answer: ${JSON.stringify(rest.slice(0, 80))}`
  return answers.map(answer => faultOfAnswer(answer, operation)).find(fault => fault !== undefined)
}

export function faultOfAnswer({ status, headers, body }: RawAnswer, operation?: Operation): string | undefined {
  const busy = status === 503 && Number(headers['retry-after']) > 0
  // Of Webex's other calls: see docs/supported.md.
  const isElsewhere = status === 501 && body.includes('/docs/supported.md')
  if ((status >= 500 && !busy && !isElsewhere) || status < 200) return `status ${status}: ${body.slice(0, 300)}`
  if (!/^ROOMKEY_[0-9a-f-]{36}$/.test(headers.trackingid ?? '')) return `status ${status} without a trackingid`
  if (headers['x-content-type-options'] !== 'nosniff') return `status ${status} without nosniff`
  if (body === '') return undefined
  const type = headers['content-type'] ?? ''
  if (!type.includes('json')) return undefined
  if (type.includes('jsonl')) return undefined
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return `status ${status} with a body that is no JSON: ${body.slice(0, 100)}`
  }
  if (type.includes('problem')) return unlike(Problem, json, 'a problem')
  if (status >= 400) return unlike(ErrorAnswer, json, 'an error')
  if (operation === undefined) return undefined
  const described = operation.responses[status]
  if (described === undefined) return `status ${status} is not described`
  const schema = Object.values(described.content ?? {})[0]?.schema
  return schema && unlike(schema, json, 'described')
}

function unlike(schema: object, json: unknown, what: string): string | undefined {
  let validate = compiled.get(schema)
  if (validate === undefined) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  if (validate(json)) return undefined
  const { instancePath, message } = validate.errors![0]!
  return `the answer is not as ${what}: ${instancePath} ${message} in ${JSON.stringify(json).slice(0, 300)}`
}
