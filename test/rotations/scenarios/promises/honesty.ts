/** Whether what the rotation says is true. */

import type { Played } from '../play.ts'
import { reportOf } from '../product.ts'
import { firstEmail, rowsOf, sameId } from './rows.ts'

/** Faults make a few entries odd, and nobody can be left out on account of others but in a trade of IDs. */
const maxLeftOut = 4

export function namedPromise({ cast, run }: Played): string[] {
  if (run === null) return []
  const wanted = cast.people.filter(({ email }) => cast.givenIds?.get(email)?.startsWith('given') ?? true)
  const moves = run.items.filter(({ kind }) => kind === 'move').map(({ person_id }) => person_id)
  const leftOut = wanted.filter(({ personId }) => !moves.includes(personId)).length
  const many = leftOut > maxLeftOut ? [`${leftOut} of ${wanted.length} are not planned`] : []
  const each = cast.people.flatMap((person, index) => {
    const rows = rowsOf(run.items, person, firstEmail(person, index))
    const times = rows.filter(({ kind }) => kind === 'move').length
    if (times > 1) return [`${person.email} is planned ${times} times`]
    const silent = rows.some(({ kind, reason }) => kind === 'left' && !reason)
    return rows.length === 0 || silent ? [`${person.email} is in the list and not in the plan`] : []
  })
  return [...many, ...each]
}

/** Judged where it was verified: until then, the report says so. */
export function claimsPromise({ run, verified, siteUrl, undo, scenario }: Played): string[] {
  if (run === null || verified?.result == null || undo === null) return []
  return reportOf(run.items, siteUrl).flatMap(({ email, outcome, verified: seen, newLink, item }) => {
    if (outcome !== 'changed' || seen === 'wrong') return []
    const id = run.after.rooms.get(item.person_id)
    const told = newLink.split('/').at(-1)
    return sameId(id, decodeURIComponent(told ?? ''))
      ? []
      : [
          `the report says of ${email} changed to ${told}, verified ${seen || 'no'}; the room carries ${id}, with ${scenario.ids}`,
        ]
  })
}

export function lettersPromise({ letters }: Played): string[] {
  const dead = letters
    .filter(({ right }) => !right)
    .map(({ to }) => `${to} was told a link that does not work or is not theirs`)
  const addresses = letters.map(({ to }) => to.toLowerCase())
  const twice = addresses.filter((to, index) => addresses.indexOf(to) < index).map(to => `${to} has two letters`)
  return [...dead, ...twice]
}
