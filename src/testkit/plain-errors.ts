import { ApiError } from '../http/plumbing/errors.ts'
import { render } from '../messages/render.ts'

/** The same, but what it throws says in its message what is wrong, as a test's output shows that alone. */
export function inPlainWords<Value>(value: Value): Value {
  if (typeof value === 'function') {
    return ((...words: unknown[]) => {
      try {
        const result = value(...words)
        return result instanceof Promise ? result.catch(throwPlain) : result
      } catch (error) {
        return throwPlain(error)
      }
    }) as Value
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inPlainWords(member)])) as Value
}

function throwPlain(error: unknown): never {
  if (!(error instanceof ApiError)) throw error
  throw new Error(error.faults.map(({ description }) => render(description)).join(' '))
}
