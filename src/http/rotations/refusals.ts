/** How the API answers each refusal of a rotation. The code of a refusal stands in the answer as problem+json. */
import { say } from '../../messages/say.ts'
import { isRefusal, type Refusal, type RefusalCode } from '../../rotations/refusal.ts'
import { ApiError, type ErrorStatus } from '../plumbing/errors.ts'

type Answers = {
  [Code in RefusalCode]: (refusal: Extract<Refusal, { refused: Code }>) => [status: ErrorStatus, description: string]
}

const answers: Answers = {
  otherSite: () => [403, say('otherSite')],
  elsewhereAllSitesOnly: () => [403, say('elsewhereAllSitesOnly')],
  approveOwnPlan: () => [403, say('approveOwn')],
  wrongState: ({ state }) => [409, say('otherState', { state })],
  approveWrongState: ({ state }) => [409, say('approveState', { state })],
  undoWrongState: ({ state }) => [409, say('undoState', { state })],
  planUnfinished: () => [409, say('planUnfinished')],
  plannedElsewhere: () => [409, say('plannedElsewhere')],
  alreadyStarted: () => [409, say('hasBegun')],
  alreadyRunning: () => [409, say('runsAlready')],
  runningElsewhere: () => [409, say('runsElsewhere')],
  needsApproval: ({ rotation }) => [409, say('needsApproval', { rotation })],
  otherRotationRunning: ({ rotation, owner }) => [409, say('otherRuns', { rotation, owner })],
  planChanged: ({ rotation }) => [409, say('planChanged', { rotation })],
  leaseLost: ({ rotation }) => [409, say('leaseLost', { rotation })],
  rotationDiscarded: () => [404, say('rotationGone')],
  serviceStopping: () => [503, say('stoppingRuns')],
  listWithoutIds: () => [400, say('listWithoutIds')],
  badTemplate: ({ fault }) => [400, fault],
  noConnection: () => [409, say('noConnection')],
  noSignInForTarget: ({ target, advice }) => [409, advice ?? say('noSignInForTarget', { target })],
  targetDenied: ({ reason }) => [403, reason],
  targetDown: ({ reason }) => [503, reason],
}

/** The result of a use case. @throws ApiError where it is a refusal. */
export function orThrow<Result>(result: Result | Refusal): Result {
  if (!isRefusal(result)) return result
  const answer = answers[result.refused] as (refusal: Refusal) => [ErrorStatus, string]
  const [status, description] = answer(result)
  throw new ApiError(status, [{ description, code: result.refused }])
}
