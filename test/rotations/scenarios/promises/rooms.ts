/** What becomes of the rooms. */
import type { Account, Change } from '../../../../devtools/target-double/account.ts'
import type { Played, Ran } from '../play.ts'
import { firstEmail, rowsOf, sameId, saysWhy } from './rows.ts'

/** A room that shows another ID than was asked for is tried so often. */
const triesForOtherIds = 3

export function plannedPromise({ cast, run, target }: Played): string[] {
  // Whoever undoes right after a crash leaves it unfinished.
  if (run === null || run.ends.at(-1) === 'died') return []
  return cast.people.flatMap((person, index) => {
    const rows = rowsOf(run.items, person, firstEmail(person, index))
    const id = run.after.rooms.get(person.personId)
    if (id === undefined || sameId(id, person.firstId)) return []
    const changes = changesIn(target.account, run).filter(({ personId }) => personId === person.personId)
    const move = rows.find(({ kind }) => kind === 'move')
    const planned = move?.new_id == null ? changes.at(-1)?.to : move.new_id
    if (sameId(id, planned) && move?.state === 'done') return []
    // A room that was changed although the run does not count it as changed: whoever looks must be able to see it.
    if (rows.some(row => saysWhy(row) || row.state === 'unsure' || row.state === 'sent')) return []
    return [`${person.email} carries ${id}, planned was ${planned}, and its row is ${move?.state} without a reason`]
  })
}

export function oncePromise({ cast, run, planned, target, scenario }: Played): string[] {
  if (run === null || planned.result === null) return []
  const other = scenario.faults.some(name => name.startsWith('otherId'))
  const half = scenario.faults.some(name => name.startsWith('half'))
  // While a batch that changes rooms although it is refused is halved, nobody can see what they got.
  const tries = other ? (half ? Number.POSITIVE_INFINITY : triesForOtherIds) : 1
  const { maxChanges } = planned.result
  const changes = changesIn(target.account, run)
  return cast.people.flatMap((person, index) => {
    const kinds = new Set(rowsOf(run.items, person, firstEmail(person, index)).map(({ kind }) => kind))
    const moves = (kinds.has('move') ? 1 : 0) + (kinds.has('temporary') ? 1 : 0)
    const times = changes.filter(({ personId, call }) => personId === person.personId && call > 0).length
    // A batch that was under way when the process died goes again.
    const again = other ? run.ends.filter(end => end === 'died').length : 0
    const announced = Math.min(moves * tries, other ? maxChanges : moves) + again
    return times > announced ? [`${person.email} was changed ${times} times, announced were ${announced}`] : []
  })
}

export function strangersPromise({ cast, target }: Played): string[] {
  const known = new Set(cast.people.map(person => person.personId))
  return target.account.changes
    .filter(({ personId, call }) => call > 0 && !known.has(personId))
    .map(({ personId, to }) => `${personId}, who is not in the plan, was given ${to}`)
}

export function servedPromise({ cast, run, target, scenario }: Played): string[] {
  if (run === null || run.error !== null) return []
  // A pilot that stays as it is stops it for good; years are not waited for.
  const last = run.ends.at(-1)
  const silent = scenario.faults.some(name => name.startsWith('silent'))
  const pilot = silent && typeof last === 'object' && last.end === 'stopped' && last.kind === 'canary'
  if (last === 'died' || pilot || scenario.faults.includes('stormHuge')) return []
  return cast.people.flatMap((person, index) => {
    const move = rowsOf(run.items, person, firstEmail(person, index)).find(({ kind }) => kind === 'move')
    if (move === undefined || move.state === 'done' || saysWhy(move)) return []
    const left = !target.world.people.includes(person) || target.isBlocked(person)
    return left ? [] : [`${person.email} could be changed and is left ${move.state} after ${run.ends.length} runs`]
  })
}

function changesIn(account: Account, { before, after }: Ran): Change[] {
  return account.changes.slice(before.changes, after.changes)
}
