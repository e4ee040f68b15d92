/** What the command line says to each refusal of a rotation, and the exit code that it ends with. */
import { type ExitCode, exitCodes, UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { processOf } from '../../rotations/lifecycle.ts'
import { describePlanRefusal, type Unmatched } from '../../rotations/planning/plan-refused.ts'
import { isRefusal, type Refusal, type RefusalCode } from '../../rotations/refusal.ts'
import type { RotationState } from '../../store/rotations/rotation-tables.ts'

const { usage, stopped, targetRefused } = exitCodes

/** `name` is the rotation as the user would name it in the next command. */
type Answers = {
  [Code in RefusalCode]: (
    refusal: Extract<Refusal, { refused: Code }>,
    name: string,
  ) => [exitCode: ExitCode, message: string]
}

const answers: Answers = {
  otherSite: () => [usage, 'The site is not yours.'],
  elsewhereAllSitesOnly: () => [usage, 'Only an administrator of all sites may change rooms elsewhere.'],
  approveOwnPlan: () => [usage, render(message('approveOwnPlan'))],
  wrongState: ({ state }, name) => [exitCodeOf(state), wrongState[state](name)],
  approveWrongState: ({ state }, name) => [exitCodeOf(state), `Rotation ${name} is ${state}; only a plan is approved.`],
  undoWrongState: ({ state }, name) => [
    exitCodeOf(state),
    state === 'running'
      ? `Rotation ${name} is running; stop it before it is undone.`
      : `Rotation ${name} is ${state} and has changed nothing; there is nothing to undo.`,
  ],
  planUnfinished: (_, name) => [usage, `Rotation ${name} was never planned to the end; plan it again.`],
  planStopped: ({ rotation, because }) => [
    because === null || because.refused === 'targetLater' ? stopped : targetRefused,
    `${because === null ? 'Stopped on request.' : render(because.reason)} What was read is kept: roomkey resume ${rotation} goes on with it.`,
  ],
  plannedElsewhere: (_, name) => [stopped, `Another process plans rotation ${name}; wait until it has.`],
  alreadyStarted: (_, name) => [usage, `Rotation ${name} has started; it is kept for the record.`],
  alreadyRunning: (_, name) => [stopped, `Rotation ${name} is already running.`],
  runningElsewhere: (_, name) => [
    stopped,
    `Another process runs rotation ${name}; it has been asked to stop and has not stopped yet: see roomkey status ${name}.`,
  ],
  needsApproval: ({ rotation }) => [usage, render(message('needsApproval', { rotation: String(rotation) }))],
  otherRotationRunning: ({ rotation, owner }) => [
    stopped,
    render(message('otherRotationRunning', { rotation: String(rotation), owner: processOf(owner) })),
  ],
  planChanged: ({ rotation }) => [usage, render(message('planChanged', { rotation: String(rotation) }))],
  leaseLost: ({ rotation }) => [stopped, render(message('leaseLost', { rotation: String(rotation) }))],
  rotationDiscarded: () => [usage, render(message('rotationDiscarded'))],
  serviceStopping: () => [stopped, 'Roomkey is stopping.'],
  listWithoutIds: () => [usage, '--ids csv needs --people FILE with a column personalMeetingRoomId.'],
  badTemplate: ({ fault }) => [usage, render(fault)],
  unmatchedPeople: ({ unmatched, count }) => [usage, unmatchedMessage(unmatched, count)],
  nobodyOnSite: ({ siteUrl, otherSites }) => [
    usage,
    `Nobody has an account on ${siteUrl}${otherSites.length === 0 ? '' : ` (people have one on ${otherSites.join(', ')})`}; check --site.`,
  ],
  nothingToRotate: refusal => [usage, render(describePlanRefusal(refusal))],
  siteHeld: ({ siteUrl }) => [usage, render(message('siteHeld', { siteUrl }))],
  otherMirrorTarget: ({ siteUrl, target }) => [usage, render(message('otherMirrorTarget', { siteUrl, target }))],
  siteMirrored: ({ target }) => [usage, render(message('siteMirrored', { target }))],
  noConnection: () => [targetRefused, 'There is no connection to Webex; make one with roomkey login.'],
  noSignInForTarget: ({ target, advice }) => [targetRefused, advice ?? `There is no token for ${target}.`],
  targetDenied: ({ reason }) => [targetRefused, render(reason)],
  targetLater: ({ reason }) => [stopped, render(reason)],
  targetDown: ({ reason }) => [targetRefused, render(reason)],
}

const maxAddressesNamed = 20

function unmatchedMessage(unmatched: Unmatched[], count: number): string {
  const named = unmatched
    .slice(0, maxAddressesNamed)
    .map(({ list, address, line }) => `  ${list === 'people' ? '--people' : '--leave-out'}, line ${line}: ${address}`)
  if (count > named.length) named.push(`  … and ${count - named.length} more`)
  const who = count === 1 ? '1 of the people listed is' : `${count} of the people listed are`
  return `${who} not on the site; correct the file, or leave them out with --allow-unmatched:\n${named.join('\n')}`
}

/** Why a rotation in that state is neither started nor resumed. */
const wrongState: Record<RotationState, (name: string) => string> = {
  planning: name => `Rotation ${name} is still being planned; wait until it is planned.`,
  failed: name => `Rotation ${name} was never planned to the end; plan it again.`,
  planned: name => `Rotation ${name} has not started; start it with roomkey run ${name}.`,
  running: name => `Rotation ${name} is running; see roomkey status ${name}.`,
  stopped: name => `Rotation ${name} has already started; resume it with roomkey resume ${name}.`,
  finished: name => `Rotation ${name} is finished; see roomkey report ${name}.`,
}

/** Waiting helps where another process is at work; elsewhere another command is needed. */
function exitCodeOf(state: RotationState): ExitCode {
  return state === 'running' || state === 'planning' ? stopped : usage
}

export class RefusedError extends UserError {
  readonly refusal: Refusal

  constructor(refusal: Refusal, name: string) {
    const answer = answers[refusal.refused] as (refusal: Refusal, name: string) => [ExitCode, string]
    const [exitCode, message] = answer(refusal, name)
    super(message, exitCode)
    this.refusal = refusal
  }
}

/** The result of a use case. @throws RefusedError where it is a refusal. */
export function orThrow<Result>(result: Result | Refusal, name: string | number): Result {
  if (isRefusal(result)) throw new RefusedError(result, String(name))
  return result
}

/** For programs, on standard output: the code of the refusal and what belongs to it. People read standard error. */
export function printRefusal({ refusal, message }: RefusedError): void {
  process.stdout.write(`${JSON.stringify({ ...refusal, message }, null, 2)}\n`)
}
