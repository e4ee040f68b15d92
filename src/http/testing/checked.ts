/** Checks what a test hands over in its own process as what comes over HTTP is; and says of faults what there are. */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { ClockChange, FaultRule, SignInChange } from '../../wire/testing.ts'
import { refuse } from '../plumbing/errors.ts'

const rules = Compile(FaultRule)
const clocks = Compile(ClockChange)
const signIns = Compile(SignInChange)

/** @throws ApiError 400 for a fault that does not exist */
export function checkedFault<Rule>(rule: Rule): Rule {
  const [first] = rules.Errors(rule)
  if (first === undefined) return rule
  throw refuse(
    400,
    first.instancePath.startsWith('/fault')
      ? 'The fault is wrong at /fault: give exactly one of status (400 to 599, perhaps with body and retryAfter), drop, reset, truncate, slowMs, halfApplied or staleSeconds.'
      : wrong('The fault', first),
  )
}

/** @throws ApiError 400 */
export function checkedClock<Change>(change: Change): Change {
  return checked(change, 'The change of the clock', clocks)
}

/** @throws ApiError 400 */
export function checkedSignIn<Change>(change: Change): Change {
  return checked(change, 'The change of signing in', signIns)
}

function checked<Value>(value: Value, what: string, by: ReturnType<typeof Compile<TSchema>>): Value {
  const [first] = by.Errors(value)
  if (first === undefined) return value
  throw refuse(400, wrong(what, first))
}

function wrong(what: string, { instancePath, message }: { instancePath: string; message: string }): string {
  const why = message === 'schema is false' ? 'there is no such field' : message
  return `${what} is wrong at ${instancePath || 'its top'}: ${why}.`
}
