/** How much chance is in the IDs that a site's rotations drew: better evidence than how an ID looks. */
import { rotationSources } from '../../store/rotations/sources.ts'
import type { Db } from '../../store/tables.ts'
import { entropyBits, type IdSource } from './new-ids.ts'

/** By the number of the rotation, as changes name it. Templates and lists are judged by their looks. */
export async function drawnBits(db: Db, siteUrl: string): Promise<ReadonlyMap<string, number>> {
  const drawn = new Map<string, number>()
  for (const { rotation, source } of await rotationSources(db, siteUrl)) {
    const parsed = JSON.parse(source) as IdSource
    const bits = parsed.kind === 'random' || parsed.kind === 'words' ? entropyBits(parsed) : null
    if (bits !== null) drawn.set(String(rotation), bits)
  }
  return drawn
}
