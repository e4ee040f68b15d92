/** Which items of a batch a target with these habits refuses, and whom it changes all the same. Pure. */
import { message } from '../../../messages/message.ts'
import type { TargetAnswers } from '../../../probe/target-profile.ts'
import type { ItemRefusal } from '../../../rooms/refusal.ts'

export interface AskedItem {
  /** Of the person. */
  address: string
  /** The ID that the room has, and the one that it is to have, in the form in which they are compared; null for none. */
  current: string | null
  wanted: string | null
  /** As asked for; null where the site's rule gives it. */
  id: string | null
  /** The ID was given up a moment ago, and nobody gets it yet. */
  waits: boolean
}

/** What every ID is refused for where 63 characters are the most. */
const shortIds = 63

/** @param alone why each item would be refused if it were the only one. */
export function judge(
  habits: TargetAnswers,
  asked: readonly AskedItem[],
  alone: readonly (ItemRefusal | undefined)[],
): ItemRefusal[] {
  const refusals = asked.flatMap((each, item): ItemRefusal[] => {
    const refusal = refusalOf(each, item)
    return refusal === undefined ? [] : [{ ...refusal, item }]
  })
  const unknown = refusals.filter(({ reason }) => reason === 'PersonUnknown')
  return unknown.length > 0 ? unknown : refusals

  function refusalOf({ address, current, wanted, id, waits }: AskedItem, item: number): ItemRefusal | undefined {
    const before = asked.slice(0, item)
    const refused = alone[item]
    if (refused !== undefined && refused.reason !== 'RoomIdTaken') return refused
    const isTwice = before.some(other => other.address === address)
    if (isTwice && !/Wins$/.test(habits.samePersonTwice ?? '')) return { reason: 'PersonTwice', item }
    if (id === null || wanted === null) return undefined
    if (habits.longIds === 'refused' && id.length > shortIds) {
      return { reason: 'RoomIdMalformed', item, fault: message('idTooLong', { max: shortIds }) }
    }
    if (habits.underscores === 'refused' && id.includes('_')) {
      return { reason: 'RoomIdMalformed', item, fault: message('idCharacters') }
    }
    if (wanted === current) return habits.ownId === 'refused' ? { reason: 'RoomIdTaken', item } : undefined
    if (waits) return { reason: 'RoomIdTaken', item }
    const isSame = before.some(other => other.wanted === wanted && other.address !== address)
    if (isSame && habits.sameIdTwice !== 'accepted') return { reason: 'RoomIdTwice', item }
    return refused === undefined || mayTake(wanted, item) ? undefined : refused
  }

  /** Whether somebody of the batch who leaves that ID leaves it to this item. */
  function mayTake(wanted: string, item: number): boolean {
    if (habits.swaps === 'refused') return false
    return asked.some(
      (other, index) =>
        other.current === wanted && other.wanted !== wanted && (habits.swaps !== 'inOrder' || index < item),
    )
  }
}

/** Whom a refused batch of so many items changes. */
export function changedInSpite(
  { refusedBatch }: TargetAnswers,
  refusals: readonly ItemRefusal[],
  count: number,
): number[] {
  const refused = new Set(refusals.map(({ item }) => item))
  const all = Array.from({ length: count }, (_, item) => item)
  if (refusedBatch === 'changesThoseBefore') return all.slice(0, Math.min(...refused))
  return refusedBatch === 'changesOthers' ? all.filter(item => !refused.has(item)) : []
}

/** The items that are carried out: one for each person, one for each ID. */
export function carriedOut({ samePersonTwice }: TargetAnswers, asked: readonly AskedItem[]): number[] {
  const inOrder = asked.map((_, item) => item)
  const order = samePersonTwice === 'lastWins' ? inOrder.reverse() : inOrder
  const people = new Set<string>()
  const kept = order.filter(item => {
    const { address } = asked[item]!
    const isNew = !people.has(address)
    people.add(address)
    return isNew
  })
  const ids = new Set<string>()
  return kept
    .sort((one, other) => one - other)
    .filter(item => {
      const { wanted } = asked[item]!
      const isNew = wanted === null || !ids.has(wanted)
      if (wanted !== null) ids.add(wanted)
      return isNew
    })
}
