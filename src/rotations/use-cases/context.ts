/** What every use case works with, and what they share: who may, the target, the audit log. */
import type { Actor } from '../../store/audit-log/audit-events.ts'
import type { RotationAction, RotationAudit } from '../../store/rotations/audit.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Store } from '../../store/store.ts'
import type { OnAsked } from '../../webex/calls/calls.ts'
import { isRefusal, orRefusal, type Refusal } from '../refusal.ts'
import type { ActiveRotations } from '../running/active-rotations.ts'
import type { Cancellation } from '../target/cancellation.ts'
import { connect, type RouteTo, type TargetRef, type TargetSession, targetKind } from '../target/connect.ts'
import type { Stay } from '../target/permits.ts'

export interface RotationContext {
  actor: RotationActor
  store: Store
  /** What this process plans and runs. */
  active: ActiveRotations
  /** In the name of the actor. */
  routeTo: RouteTo
}

/** Who acts: the holder of a token, or somebody at this machine's command line. */
export interface RotationActor extends Omit<Actor, 'now'> {
  /** Lower-cased URLs of the sites that the actor may touch; null for all. */
  sites: ReadonlySet<string> | null
}

export function refuseOtherSite({ actor }: RotationContext, siteUrl: string): Refusal | undefined {
  if (actor.sites === null || actor.sites.has(siteUrl.toLowerCase())) return undefined
  return { refused: 'otherSite' }
}

/** An entry in the audit log, to be written with the change itself. */
export function auditOf(
  { actor: { tokenId, trackingId } }: RotationContext,
  action: RotationAction,
  detail: Record<string, unknown> = {},
): RotationAudit {
  return { tokenId, trackingId, now: Date.now(), action, detail }
}

/** Writes an entry into the audit log. */
export async function audit(
  context: RotationContext,
  key: RotationKey,
  action: RotationAction,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await context.store.write('recordRotationAction', { ...key, audit: auditOf(context, action, detail) })
}

/** The sign-in of this machine reaches further than an administrator of some sites may. */
export function openTarget(
  { actor, routeTo }: RotationContext,
  target: TargetRef,
  { rotation, onAsked, ...how }: Cancellation & { rotation: number | null; onAsked?: OnAsked; stay?: Stay | undefined },
): TargetSession | Refusal {
  if (targetKind(target) !== 'self' && actor.sites !== null) return { refused: 'elsewhereAllSitesOnly' }
  const route = routeTo(target, rotation)
  return isRefusal(route) ? route : connect(target.target, route, how, onAsked)
}

/** Reads a target for somebody who waits for the result, until `giveUp` or until the process stops. */
export function readTarget<Result>(
  context: RotationContext,
  target: TargetRef & { rotation?: number },
  work: (session: TargetSession) => Promise<Result>,
  giveUp: AbortSignal = context.active.stopping,
): Promise<Result | Refusal> {
  const reading = orRefusal(target.rotation ?? 0, async () => {
    const session = openTarget(context, target, { rotation: null, giveUp })
    if (isRefusal(session)) return session
    try {
      return await work(session)
    } finally {
      session.end()
    }
  })
  return context.active.untilDone(reading)
}
