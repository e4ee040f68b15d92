import { QueryClient } from '@tanstack/react-query'
import { Refused, Unreachable } from './call.ts'

const maxTries = 3

/** Answers are fresh for five seconds. A call that was rate limited is repeated after the service's Retry-After. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (tries, error) =>
        tries < maxTries && (error instanceof Unreachable || (error instanceof Refused && retryable(error.status))),
      retryDelay: (tries, error) =>
        error instanceof Refused && error.retryAfter !== null ? error.retryAfter * 1000 : 400 * 2 ** tries,
    },
  },
})

function retryable(status: number): boolean {
  return status === 429 || status === 503
}
