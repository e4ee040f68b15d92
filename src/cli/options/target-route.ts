/** How the command line reaches a target: over a socket, by the sign-in or the token of this machine. */
import { exitCodes, UserError } from '../../errors.ts'
import { Budgets, connect, newBudget, type RouteTo, type TargetSession } from '../../rotations/target/connect.ts'
import type { PermitOptions } from '../../rotations/target/permits.ts'
import { type Profile, profiles } from '../../rotations/target/profile.ts'
import { signIn } from '../../rotations/target/sign-in.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { showPause, showWait } from '../output/show-progress.ts'
import type { StoreOptions } from './local-store.ts'
import { type PaceOptions, restraintOf } from './pace-options.ts'
import { targetTokens } from './target-tokens.ts'
import { isWebex } from './webex-url.ts'

/** Routes for rotations, with one budget of calls for all that one command does with a target. */
export function commandLineRoutes(options: StoreOptions & PaceOptions): RouteTo {
  const budgets = new Budgets(() => permitOptions(options))
  return ({ target }) => {
    const token = signIn(url => targetTokens(url, options), target)
    return 'refused' in token ? token : { fetch, token, budget: budgets.of(target) }
  }
}

/** A client for a target outside any rotation. @throws UserError where there is no token for it. */
export function connectTarget(url: string, options: StoreOptions & PaceOptions): TargetSession {
  return connect(url, {
    fetch,
    token: targetTokens(url, options),
    budget: newBudget(systemClock, permitOptions(options)),
  })
}

/** How the target is called, and what is said of that while it is. */
function permitOptions(options: PaceOptions): PermitOptions {
  const restraint = restraintOf(options)
  const { hours } = restraint
  return { restraint, onWait: showWait, ...(hours !== null && { onPause: until => showPause(hours, until) }) }
}

/** What a target makes impossible becomes one sentence and an exit code. */
export async function explainingTarget<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    throw new UserError(error.message, error.kind === 'later' ? exitCodes.stopped : exitCodes.targetRefused)
  }
}

export function profileOf(url: string): Profile {
  return isWebex(url) ? profiles.webex : profiles.roomkey
}
