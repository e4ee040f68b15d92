/** How the rotation behaves towards the target and its administrator. */
import { TargetError } from '#roomkey/webex/calls/target-error.js'
import { faults } from '../../../../devtools/target-double/faults.ts'
import { Endless } from '../limits.ts'
import type { Played, Stage } from '../play.ts'
import { canary, statedBound } from '../product.ts'

export function endsPromise({ planned, run, undo, target }: Played): string[] {
  const bound = planned.result === null ? null : statedBound(planned.result)
  const errors = [planned.error, run?.error, undo?.planned.error, undo?.run?.error]
  const calls = run === null ? 0 : run.after.calls - run.before.calls
  return [
    ...errors.flatMap(error => (error instanceof Endless ? [error.message] : [])),
    ...(bound !== null && calls > bound ? [`${calls} calls, and the plan says ${bound} at most`] : []),
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

/** Judged where the pilot that fails was among the first to be sent; where readings are late, nobody can tell. */
export function canaryPromise({ scenario, run, cast, target }: Played): string[] {
  const fails = scenario.faults.some(name => name === 'silentPilot' || name === 'partialSkippedPilot')
  const late = scenario.faults.some(name => name.startsWith('stale'))
  const first = target.account.calls.find(({ kind }) => kind === 'refresh')
  const isPilot = first?.people.includes(cast.people[0]!.personId)
  if (run === null || !fails || late || !isPilot || scenario.kill !== null) return []
  const changes = target.account.changes.slice(run.before.changes, run.afterFirst.changes)
  const changed = new Set(changes.map(({ personId }) => personId))
  return changed.size > canary ? [`${changed.size} of ${cast.people.length} were changed although a pilot was not`] : []
}
