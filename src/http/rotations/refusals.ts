/** How the API answers each refusal of a rotation. The code of a refusal stands in the answer as problem+json. */
import { type MessageOrText, message } from '../../messages/message.ts'
import { processOf } from '../../rotations/lifecycle.ts'
import { describePlanRefusal } from '../../rotations/planning/plan-refused.ts'
import { isRefusal, type Refusal, type RefusalCode } from '../../rotations/refusal.ts'
import { ApiError, type ErrorStatus } from '../plumbing/errors.ts'

type Answers = {
  [Code in RefusalCode]: (
    refusal: Extract<Refusal, { refused: Code }>,
  ) => [status: ErrorStatus, description: MessageOrText]
}

const answers: Answers = {
  otherSite: () => [403, message('otherSite')],
  elsewhereAllSitesOnly: () => [403, message('elsewhereAllSitesOnly')],
  approveOwnPlan: () => [403, message('approveOwnPlan')],
  wrongState: ({ state }) => [409, message('wrongState', { state })],
  approveWrongState: ({ state }) => [409, message('approveWrongState', { state })],
  undoWrongState: ({ state }) => [409, message('undoWrongState', { state })],
  planUnfinished: () => [409, message('planUnfinished')],
  planStopped: ({ because }) => [
    because?.refused === 'targetDenied' ? 403 : 503,
    because?.reason ?? message('planStopped'),
  ],
  plannedElsewhere: () => [409, message('plannedElsewhere')],
  alreadyStarted: () => [409, message('alreadyStarted')],
  alreadyRunning: () => [409, message('alreadyRunning')],
  runningElsewhere: () => [409, message('runningElsewhere')],
  needsApproval: ({ rotation }) => [409, message('needsApproval', { rotation: String(rotation) })],
  otherRotationRunning: ({ rotation, owner }) => [
    409,
    message('otherRotationRunning', { rotation: String(rotation), owner: processOf(owner) }),
  ],
  planChanged: ({ rotation }) => [409, message('planChanged', { rotation: String(rotation) })],
  leaseLost: ({ rotation }) => [409, message('leaseLost', { rotation: String(rotation) })],
  rotationDiscarded: () => [404, message('rotationDiscarded')],
  serviceStopping: () => [503, message('stoppingRuns')],
  listWithoutIds: () => [400, message('listWithoutIds')],
  badTemplate: ({ fault }) => [400, fault],
  siteHeld: ({ siteUrl }) => [409, message('siteHeld', { siteUrl })],
  otherMirrorTarget: ({ siteUrl, target }) => [409, message('otherMirrorTarget', { siteUrl, target })],
  siteMirrored: ({ target }) => [403, message('siteMirrored', { target })],
  noConnection: () => [409, message('noConnection')],
  noSignInForTarget: ({ target, advice }) => [409, advice ?? message('noSignInForTarget', { target })],
  unmatchedPeople: refusal => [400, describePlanRefusal(refusal)],
  nobodyOnSite: refusal => [400, describePlanRefusal(refusal)],
  nothingToRotate: refusal => [400, describePlanRefusal(refusal)],
  targetDenied: ({ reason }) => [403, reason],
  targetLater: ({ reason }) => [503, reason],
  targetDown: ({ reason }) => [503, reason],
}

/** The result of a use case. @throws ApiError where it is a refusal. */
export function orThrow<Result>(result: Result | Refusal): Result {
  if (!isRefusal(result)) return result
  const answer = answers[result.refused] as (refusal: Refusal) => [ErrorStatus, MessageOrText]
  const [status, description] = answer(result)
  throw new ApiError(status, [{ description, code: result.refused }])
}
