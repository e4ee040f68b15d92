/**
 * The hash that a plan is approved and run by: SHA-256 over everything that decides what will be sent, in the order of
 * the moves. A plan that was edited afterwards, in the database or anywhere else, has another one.
 *
 * Who was chosen goes in as it is stored: a code and its params, whatever the words for them. Plans of versions that
 * stored an English sentence keep it, and so their hash. What a run found or drew instead of what was planned stands in
 * the journal, and the plan's hash stays that of the plan.
 */
import { createHash } from 'node:crypto'
import type { Rotation, RotationItem } from '../../store/rotations/rotations.ts'
import { earlierNewIds } from '../../store/rotations/rows.ts'

type Header = Pick<
  Rotation,
  | 'site_url'
  | 'target'
  | 'profile'
  | 'behaviour'
  | 'source'
  | 'choice'
  | 'undo_of'
  | 'canary'
  | 'freeze'
  | 'fresh_ms'
  | 'overwrite_changed'
>

/** The ID that the plan gave, whatever was drawn since. */
function plannedNewId({ new_id, earlier_new_ids }: RotationItem): string | null {
  return earlierNewIds(earlier_new_ids)[0] ?? new_id
}

/** Hashes a plan of any size a slice at a time. */
export async function planHash(header: Header, slices: AsyncIterable<RotationItem[]>): Promise<string> {
  const hash = createHash('sha256')
  const add = (fields: unknown[]) => hash.update(`${JSON.stringify(fields)}\n`)
  const { site_url, target, profile, source, choice, undo_of, canary, freeze } = header
  const { fresh_ms, overwrite_changed, behaviour } = header
  // Plans of versions that did not look at rooms again keep their hash.
  const looks = fresh_ms === null ? [] : [fresh_ms, overwrite_changed]
  const relied = behaviour === null ? [] : [behaviour]
  add(['rotation', 1, site_url, target, profile, source, choice, undo_of, canary, freeze, ...looks, ...relied])
  for await (const items of slices) {
    for (const item of items) {
      const { number, kind, person_id, email, name, wave, waits_for } = item
      const oldId = item.planned_old_id ?? item.old_id
      add([number, kind, person_id, email, name, oldId, plannedNewId(item), wave, waits_for])
    }
  }
  return hash.digest('hex')
}
