/**
 * The hash that a plan is approved and run by: SHA-256 over everything that decides what will be sent, in the order of
 * the moves. A plan that was edited afterwards, in the database or anywhere else, has another one.
 *
 * Who was chosen goes in as it is stored: a code and its params, whatever the words for them. Plans of versions that
 * stored an English sentence keep it, and so their hash.
 */
import { createHash } from 'node:crypto'
import type { Rotation, RotationItem } from '../../store/rotations/rotations.ts'

type Header = Pick<Rotation, 'site_url' | 'target' | 'profile' | 'source' | 'choice' | 'undo_of' | 'canary' | 'freeze'>

/** Hashes a plan of any size a slice at a time. */
export async function planHash(header: Header, slices: AsyncIterable<RotationItem[]>): Promise<string> {
  const hash = createHash('sha256')
  const add = (fields: unknown[]) => hash.update(`${JSON.stringify(fields)}\n`)
  const { site_url, target, profile, source, choice, undo_of, canary, freeze } = header
  add(['rotation', 1, site_url, target, profile, source, choice, undo_of, canary, freeze])
  for await (const items of slices) {
    for (const { number, kind, person_id, email, name, old_id, new_id, wave, waits_for } of items) {
      add([number, kind, person_id, email, name, old_id, new_id, wave, waits_for])
    }
  }
  return hash.digest('hex')
}
