/**
 * The one way to a target, for the command line, the service and rehearsals. What differs between them is the route:
 * over a socket or within the process, by whose token, at whose pace.
 */
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Fetch, OnAsked, Permits } from '../../webex/calls/calls.ts'
import { createWebexClient, type WebexClient } from '../../webex/calls/client.ts'
import { type Clock, systemClock } from '../../webex/calls/clock.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'
import { type Cancellation, cancellable } from './cancellation.ts'
import { Governor } from './governor.ts'
import { type GovernedPermits, governedPermits, type PermitOptions, type Stay } from './permits.ts'

/** What a rotation changes: rooms of a site, at the API with this base URL. */
export type TargetRef = Pick<Rotation, 'target' | 'profile' | 'site_url'>

/** How calls reach a target. */
export interface Route {
  fetch: Fetch
  token: TokenSource
  /** Shared by all that this process does with one target. */
  budget: Budget
  clock?: Clock
  /** Called when the session ends: its token is of no use any more. */
  end?(): void
}

export type RouteRefusal =
  | { refused: 'noConnection' }
  | { refused: 'noSignInForTarget'; target: string; advice: string | null }

/** The route to a target, for calls of the rotation of that number; null for calls that only read. */
export type RouteTo = (target: TargetRef, rotation: number | null) => Route | RouteRefusal

export interface TargetSession {
  client: WebexClient
  /** Until when the target asked us to wait, or the hours begin; or 0. */
  waitingUntil(): number
  /** How it put that: `Retry-After` as it came, or null. */
  retryAfter(): string | null
  /** The pace that the target has shown so far; null where it never asked to slow down. */
  callsPerSecond(): number | null
  end(): void
}

/** A client for a target, until `end`. */
export function connect(
  target: string,
  route: Route,
  { stay, ...cancellation }: Cancellation & { stay?: Stay | undefined } = { giveUp: null },
  onAsked?: OnAsked,
): TargetSession {
  const { fetch, token, budget, clock = systemClock } = route
  const ended = new AbortController()
  let pausedUntil = 0
  const onPause = (until: number) => {
    pausedUntil = until
  }
  const permits = stay === undefined ? budget.permits : budget.permits.under(stay, onPause)
  const calls = cancellable(cancellation, ended.signal, { fetch, permits, token, clock })
  return {
    client: createWebexClient(target, { ...calls, ...(onAsked && { onAsked }) }),
    waitingUntil: () => Math.max(pausedUntil, budget.governor.closedUntil),
    retryAfter: () => budget.governor.retryAfter,
    callsPerSecond: () => budget.governor.callsPerSecond,
    end() {
      ended.abort()
      route.end?.()
    },
  }
}

/** One governor, and the permits by which all who share it learn from each other's answers. */
export interface Budget {
  governor: Governor
  permits: GovernedPermits
}

export function newBudget(clock: Clock = systemClock, options: PermitOptions = {}): Budget {
  const governor = new Governor(options.restraint)
  return { governor, permits: governedPermits(governor, clock, options) }
}

/** For what a service calls of itself: that counts towards no limit, but refreshes wait while the site is locked. */
export function newRefreshBudget(): Budget {
  const { governor, permits } = newBudget()
  const refreshesOf = (permits: Permits): Permits => ({
    take: async (request, signal) => (request.method === 'POST' ? permits.take(request, signal) : () => undefined),
    whenOpen: (request, signal) => permits.whenOpen(request, signal),
  })
  const under: GovernedPermits['under'] = (stay, onPause) => refreshesOf(permits.under(stay, onPause))
  return { governor, permits: { ...refreshesOf(permits), under } }
}

/** The budgets of all targets that a process speaks to. */
export class Budgets {
  readonly #budgets = new Map<string, Budget>()
  readonly #options: (target: string) => PermitOptions

  constructor(options: (target: string) => PermitOptions = () => ({})) {
    this.#options = options
  }

  of(target: string): Budget {
    const budget = this.#budgets.get(target) ?? newBudget(systemClock, this.#options(target))
    this.#budgets.set(target, budget)
    return budget
  }
}

/** Whose rooms a rotation changes: those of the service that has this database, of Webex, or of another service. */
export function targetKind({ profile, target }: Pick<TargetRef, 'profile' | 'target'>): 'self' | 'webex' | 'other' {
  if (profile === 'webex') return 'webex'
  // Rotations of a service on this machine are in this database, so that service is this one, or another process of it.
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(target).hostname) ? 'self' : 'other'
}
