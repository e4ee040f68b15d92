/** What comes over HTTP is checked against its schema; what a test hands over in its own process, by this. */
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { UserError } from '../errors.ts'
import { ClockChange, FaultRule, SignInChange } from '../wire/testing.ts'

const rules = Compile(FaultRule)
const clocks = Compile(ClockChange)
const signIns = Compile(SignInChange)

/** @throws UserError for a fault that does not exist */
export function checkedFault<Rule>(rule: Rule): Rule {
  const [first] = rules.Errors(rule)
  if (first === undefined) return rule
  throw new UserError(
    first.instancePath.startsWith('/fault')
      ? 'The fault is wrong at /fault: give exactly one of status (400 to 599, perhaps with body and retryAfter), drop, reset, truncate, slowMs, halfApplied or staleSeconds.'
      : wrong('The fault', first),
  )
}

/** @throws UserError */
export function checkedClock<Change>(change: Change): Change {
  return checked(change, 'The change of the clock', clocks)
}

/** @throws UserError */
export function checkedSignIn<Change>(change: Change): Change {
  return checked(change, 'The change of signing in', signIns)
}

function checked<Value>(value: Value, what: string, by: ReturnType<typeof Compile<TSchema>>): Value {
  const [first] = by.Errors(value)
  if (first === undefined) return value
  throw new UserError(wrong(what, first))
}

function wrong(what: string, { instancePath, message }: { instancePath: string; message: string }): string {
  const why = message === 'schema is false' ? 'there is no such field' : message
  return `${what} is wrong at ${instancePath || 'its top'}: ${why}.`
}
