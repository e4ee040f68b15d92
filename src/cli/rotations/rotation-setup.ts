/** What the commands about rotations share: the store, the target, and the words for what may go wrong. */

import { exitCodes, UserError } from '../../errors.ts'
import { isGone } from '../../rotations/owner.ts'
import { PlanChanged } from '../../rotations/running/run.ts'
import { Governor } from '../../rotations/target/governor.ts'
import { governedPermits } from '../../rotations/target/permits.ts'
import { type Profile, profiles } from '../../rotations/target/profile.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { findRotations, listRotations, type Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { createWebexClient, type WebexClient } from '../../webex/calls/client.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { type StoreOptions, withStore } from '../options/local-store.ts'
import { targetTokens } from '../options/target-tokens.ts'
import { isWebex } from '../options/webex-url.ts'

/** Works on the database; what a target or a changed plan makes impossible becomes one sentence and an exit code. */
export function withRotations<Result>(options: StoreOptions, work: (store: Store) => Promise<Result>): Promise<Result> {
  return withStore(options, store => explainingTarget(() => work(store)))
}

/** What a target or a changed plan makes impossible becomes one sentence and an exit code. */
export async function explainingTarget<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TargetError) throw new UserError(error.message, exitCodes.targetRefused)
    if (error instanceof PlanChanged) throw new UserError(error.message)
    throw error
  }
}

export interface TargetSession {
  client: WebexClient
  governor: Governor
}

/** A client for a target, with one budget of calls for all that is done with it. */
export function connectTarget(url: string, options: StoreOptions): TargetSession {
  const governor = new Governor()
  const client = createWebexClient(url, {
    fetch,
    permits: governedPermits(governor, systemClock),
    token: targetTokens(url, options),
  })
  return { client, governor }
}

export function profileOf(url: string): Profile {
  return isWebex(url) ? profiles.webex : profiles.roomkey
}

/** The rotation that a number or the beginning of a hash means. */
export async function requireRotation(store: Store, name: string, site: string | undefined): Promise<Rotation> {
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

export function keyOf({ site_id, rotation }: Rotation): RotationKey {
  return { siteId: site_id, rotation }
}

/** An owner on this machine whose process is gone: its lease need not be waited for. */
export async function deadOwner(store: Store, siteId: number): Promise<string | null> {
  for (const { site_id, state, owner: other } of await listRotations(store.db)) {
    if (site_id === siteId && state === 'running' && other !== null && isGone(other)) return other
  }
  return null
}
