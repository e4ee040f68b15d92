/** The outcome of a batch as it is stored for repeated calls: what is said of many of its items is stored once. */

import type { RefreshedRoom } from '../../rooms/refresh-batch.ts'
import type { ItemRefusal } from '../../rooms/refusal.ts'

/** What the rule decided, and whether it was decided by an earlier call with the same `Idempotency-Key`. */
export type Decided =
  | { outcome: 'refreshed'; rooms: GivenRoom[]; replayed: boolean }
  | { outcome: 'refused'; refusals: ItemRefusal[]; replayed: boolean }

/** A room in the answer: its person and the ID that it carries now. */
export type GivenRoom = Pick<RefreshedRoom, 'personId' | 'email' | 'id'>

type Stored =
  | Decided
  /** Each reason with the items that it is for, a bit each: a row that fits into its page takes a quarter of the disk. */
  | { outcome: 'refused'; replayed: boolean; reasons: [reason: Omit<ItemRefusal, 'item'>, items: string][] }

export function storedOutcome(outcome: Decided): string {
  if (outcome.outcome !== 'refused') return JSON.stringify(outcome)
  const items = new Map<string, number[]>()
  for (const { item, ...reason } of outcome.refusals) {
    const text = JSON.stringify(reason)
    items.set(text, [...(items.get(text) ?? []), item])
  }
  const reasons = [...items].map(([reason, items]): [Omit<ItemRefusal, 'item'>, string] => [
    JSON.parse(reason),
    asBits(items),
  ])
  const { refusals: _, ...rest } = outcome
  return JSON.stringify({ ...rest, reasons } satisfies Stored)
}

/** Also of rows that name each item by itself, as earlier versions stored them. */
export function readOutcome(text: string): Decided {
  const stored = JSON.parse(text) as Stored
  if (!('reasons' in stored)) return stored
  const { reasons, ...rest } = stored
  const refusals = reasons
    .flatMap(([reason, items]) => itemsOf(items).map(item => ({ ...reason, item }) as ItemRefusal))
    .sort((one, other) => one.item - other.item)
  return { ...rest, refusals }
}

function asBits(items: number[]): string {
  const bytes = Buffer.alloc(Math.floor(Math.max(...items) / 8) + 1)
  for (const item of items) bytes[item >> 3]! |= 1 << (item & 7)
  return bytes.toString('base64url')
}

function itemsOf(bits: string): number[] {
  return [...Buffer.from(bits, 'base64url')].flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter(bit => byte & (1 << bit)).map(bit => index * 8 + bit),
  )
}
