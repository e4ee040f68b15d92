import { draftsOf } from '../../store/rotations/drafts.ts'
import { defaultFreshMs } from '../../store/rotations/plans.ts'
import { findRotatedSite } from '../../store/rotations/rotated-sites.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import { currentState } from '../lifecycle.ts'
import { savingClient } from '../mirroring/mirror-readings.ts'
import { mirroredTarget } from '../mirroring/mirrored-target.ts'
import { makePlan } from '../planning/make-plan.ts'
import { templateFault } from '../planning/new-ids.ts'
import { writeRequest } from '../planning/plan-progress.ts'
import { type PlanScope, planQuestions } from '../planning/plan-questions.ts'
import type { PlanDeps, PlanRequest } from '../planning/plan-request.ts'
import type { Refusal } from '../refusal.ts'
import { targetKind } from '../target/connect.ts'
import { type RotationContext, refuseOtherSite } from './context.ts'
import { havePlanMade, type Planned, type PlanOptions } from './have-plan-made.ts'
import { mirrorOf } from './mirror-of.ts'

export type RotationRequest = PlanRequest & Pick<PlanScope, 'pinnedToo'>

/**
 * Plans new IDs for many rooms; changes nothing at the target. Where a plan that was asked for in the same words has
 * stopped before its end, goes on with that one.
 *
 * @param options.stopped the plan to go on with.
 */
export async function planRotation(
  context: RotationContext,
  asked: RotationRequest,
  options: PlanOptions & { stopped?: Rotation } = {},
): Promise<Planned | Refusal> {
  const request = { ...asked, siteUrl: asked.siteUrl.toLowerCase() }
  const { choice, source, target, profile, pinnedToo } = request
  const { siteUrl } = request
  const otherSite = refuseOtherSite(context, siteUrl)
  if (otherSite !== undefined) return otherSite
  const fault = source.kind === 'template' ? templateFault(source.template) : undefined
  if (fault !== undefined) return { refused: 'badTemplate', fault }
  if (source.kind === 'csv' && !(choice.who === 'listed' && [...choice.people.values()].some(id => id !== null))) {
    return { refused: 'listWithoutIds' }
  }
  const questions = await planQuestions(context.store, { siteUrl, choice, pinnedToo })
  const ref = { target, profile: profile.name, site_url: siteUrl }
  const site = await findSite(context.store.db, siteUrl)
  if (site?.target != null && site.target !== target && targetKind(ref) === 'self') {
    return { refused: 'siteMirrored', target: site.target }
  }
  const readings = await mirrorOf(context, ref)
  const stopped = options.stopped ?? (await stoppedPlan())
  return havePlanMade(
    context,
    ref,
    (deps, begun) => makePlan(request, { ...deps, questions, client: clientFor(deps) }, begun),
    { ...options, stopped },
  )

  async function stoppedPlan(): Promise<Rotation | undefined> {
    const siteId = await findRotatedSite(context.store.db, siteUrl)
    const drafts = siteId === undefined ? [] : await draftsOf(context.store.db, siteId, writeRequest(request))
    return drafts.find(draft => currentState(draft, context.active) === 'stopped')
  }

  /** What the mirror of this target knows need not be read again. */
  function clientFor({ store, client, now }: Pick<PlanDeps, 'store' | 'client' | 'now'>): WebexClient {
    if (site === undefined || readings === undefined) return client
    const saving = savingClient(client, readings, { siteUrl, now })
    return mirroredTarget({ store, client: saving, site, freshMs: request.freshMs ?? defaultFreshMs, now })
  }
}
