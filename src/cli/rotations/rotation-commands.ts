/** What the commands about rotations share: the context of the use cases, and the rotation that is named. */
import { UserError } from '../../errors.ts'
import { ActiveRotations } from '../../rotations/running/active-rotations.ts'
import type { RotationContext } from '../../rotations/use-cases/context.ts'
import { findRotations, listRotations, type Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { commandLineActor, type StoreOptions, withStore } from '../options/local-store.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import { commandLineRoutes } from '../options/target-route.ts'
import { printRefusal, RefusedError } from './refusals.ts'

/** Works on the database as the user of this machine. With `--json`, a refusal is printed as JSON, too. */
export function withRotations<Result>(
  options: StoreOptions & PaceOptions & { json?: true | undefined },
  work: (context: RotationContext) => Promise<Result>,
): Promise<Result> {
  return withStore(options, async store => {
    try {
      return await work(contextOf(store, options))
    } catch (error) {
      if (options.json && error instanceof RefusedError) printRefusal(error)
      throw error
    }
  })
}

/** A user who can write the database may do everything with it. */
function contextOf(store: Store, options: StoreOptions & PaceOptions): RotationContext {
  const { tokenId, trackingId } = commandLineActor()
  const actor = { tokenId, trackingId, sites: null }
  return { actor, store, active: new ActiveRotations(), routeTo: commandLineRoutes(options) }
}

/** The rotation that a number or the beginning of a hash means. */
export async function requireRotation(
  { store }: RotationContext,
  name: string,
  site: string | undefined,
): Promise<Rotation> {
  const found = await findRotations(store.db, name, site ?? null)
  if (found.length === 1) return found[0]!
  if (found.length > 1) {
    throw new UserError(
      `Several sites have a rotation ${name}; say which with --site (${found.map(one => one.site_url).join(', ')}).`,
    )
  }
  const some = (await listRotations(store.db)).length > 0
  throw new UserError(
    `There is no rotation ${name}${site === undefined ? '' : ` of ${site}`}; ${some ? 'roomkey rotations lists them' : 'make one with roomkey plan'}.`,
  )
}
