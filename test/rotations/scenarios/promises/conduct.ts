/** How the rotation behaves towards the target and its administrator. */
import type { PlanSummary } from '#roomkey/rotations/planning/make-plan.js'
import { TargetError } from '#roomkey/webex/calls/target-error.js'
import { faults } from '../../../../devtools/target-double/faults.ts'
import type { TargetDouble } from '../../../../devtools/target-double/target-double.ts'
import { Endless } from '../limits.ts'
import type { Played, Ran, Stage } from '../play.ts'
import { canary } from '../product.ts'

export function endsPromise({ planned, run, undo, target }: Played): string[] {
  const errors = [planned.error, run?.error, undo?.planned.error, undo?.run?.error]
  return [
    ...errors.flatMap(error => (error instanceof Endless ? [error.message] : [])),
    ...(planned.result === null || run === null ? [] : beyond(planned.result, run, target)),
    ...(undo?.planned.result == null || undo.run === null ? [] : beyond(undo.planned.result, undo.run, target)),
    ...(target.account.leaks.length > 0 ? [`it calls ${target.account.leaks[0]}`] : []),
  ]
}

export function stagesPromise({ planned, run, verified, undo, target, scenario, afterPlan }: Played): string[] {
  const unreadable = scenario.faults.some(name => faults[name].listUnreadable)
  const broken = [
    ...(planned.error !== null && !(unreadable && planned.error instanceof TargetError) ? said('plan', planned) : []),
    ...(unreadable && planned.result !== null ? ['a list that cannot be read to its end is planned'] : []),
    ...(afterPlan.changes > 0 ? ['planning changes rooms'] : []),
    ...said('run', { error: run?.error ?? null }),
    ...said('verify', { error: verified?.error ?? null }),
    ...said('undo', { error: undo?.planned.error ?? null }),
    ...said('run of the undo', { error: undo?.run?.error ?? null }),
  ]
  const last = undo?.run ?? run
  const ended = last !== null && last.error === null && last.ends.at(-1) !== 'died'
  return ended && !target.selfService ? [...broken, 'self-service stays switched off'] : broken
}

function said(stage: string, { error }: Pick<Stage<unknown>, 'error'>): string[] {
  if (error === null || error instanceof Endless) return []
  return [`${stage}: ${error instanceof Error ? `${error.name}: ${error.message.slice(0, 160)}` : String(error)}`]
}

/**
 * Judged where the pilot that fails was among the first to be sent, and was said to be changed: it may be refused, as
 * anybody may. Where readings are late, nobody can tell.
 */
export function canaryPromise({ scenario, run, cast, target }: Played): string[] {
  const fails = scenario.faults.some(
    name => name.endsWith('Pilot') && (name !== 'otherIdPilot' || scenario.ids !== 'system'),
  )
  const late = scenario.faults.some(name => name.startsWith('stale'))
  const first = target.account.calls.find(({ kind }) => kind === 'refresh')
  const { personId } = cast.people[0]!
  if (run === null || first === undefined || !first.people.includes(personId)) return []
  const isAccepted = target.account.calls
    .slice(0, run.afterFirst.calls)
    .some(({ kind, people, outcome }) => kind === 'refresh' && people.includes(personId) && outcome === 200)
  if (!fails || late || !isAccepted || scenario.kill !== null) return []
  const changes = target.account.changes.slice(run.before.changes, run.afterFirst.changes)
  const changed = new Set(changes.map(({ personId }) => personId))
  // People who trade their IDs go together, however many they are.
  return changed.size > Math.max(canary, first.people.length)
    ? [`${changed.size} of ${cast.people.length} were changed although a pilot was not`]
    : []
}

/** Each process that dies or stops leaves so much to be done again: four batches, and their rooms to be read. */
const moreRefreshes = 4
const moreCalls = 250

/** Calls beyond the plan's bound. It does not count what the target puts off, nor readings that it loses. */
function beyond(bound: PlanSummary, { before, after, ends }: Ran, { account }: TargetDouble): string[] {
  const counted = account.calls.slice(before.calls, after.calls).filter(({ kind, outcome }) => {
    const lost = typeof outcome === 'string' || (outcome ?? 0) >= 500
    return outcome !== 429 && outcome !== 423 && (kind === 'refresh' || !lost)
  })
  const refreshes = counted.filter(({ kind }) => kind === 'refresh').length
  const again = ends.length - 1
  return [
    ...(refreshes > bound.maxRefreshes + again * moreRefreshes
      ? [`${refreshes} refreshes in ${ends.length} processes, and the plan says ${bound.maxRefreshes} at most`]
      : []),
    ...(counted.length > bound.maxCalls + again * moreCalls
      ? [`${counted.length} calls in ${ends.length} processes, and the plan says ${bound.maxCalls} at most`]
      : []),
  ]
}
