import { plural } from '../numbers.ts'

type Count = { count: number }

/** Who is chosen for a rotation. */
const choices = {
  choiceEveryone: 'everyone',
  choiceListed: ({ count, file }: Count & { file: string }) => `the ${plural(count, 'person', 'people')} in ${file}`,
  choiceDepartment: 'department {department}',
  choiceGuessable: 'rooms with a guessable ID',
  choiceOlderThan: ({ days }: { days: number }) => `rooms whose ID is older than ${plural(days, 'day')}`,
  choiceRefreshed: 'rooms that rotation {rotation} refreshed',
} as const

/** Why somebody is left out of a rotation, or of the undoing of one. */
const leftOut = {
  leftAttendee: 'Attendees have no personal room.',
  leftInvitationPending: 'The invitation has not been accepted yet.',
  leftPinned: 'The room is pinned.',
  leftByList: 'On the list of people to leave out.',
  leftHardToGuess: 'The ID is already hard to guess.',
  leftIdAge: ({ days }: { days: number }) => `The ID is ${plural(days, 'day')} old.`,
  leftIdTooNew: 'The ID is not old enough.',
  leftNotChosen: 'Not chosen.',
  leftNoRoom: 'No personal room: {reason}',
  leftNoIdInCsv: 'The CSV has no ID for this person.',
  leftInvalidId: ({ id, fault }: { id: string; fault: string }) =>
    `The new ID would be ${JSON.stringify(id)}. ${fault}`,
  leftSameId: 'The room already has this ID.',
  leftUnclear: 'The room could not be read: {reason}.',
  leftEntryUnreadable: 'This entry of the list of people cannot be read: {entry}',
  leftOddFields: 'The list of people shows something of this person in an unknown form: {fields}.',
  leftNoSites: 'The list of people does not say to which sites this person belongs.',
  leftNoEmail: 'The list of people has no e-mail address of this person.',
  leftListedAgain: 'The list of people has this person more than once; one entry is planned.',
  leftTwoIdsInCsv: 'The CSV gives this person two IDs, one by e-mail and one by person ID.',
  leftUnknownPerson: 'Nobody on this site has this address.',
  leftDuplicateId: 'The plan gives this ID to more than one person.',
  leftIdRetained: 'The new ID belongs to someone who keeps it.',
  undoOldIdUnknown: 'It is not known which ID the room had before.',
  undoAlreadyDone: 'The room already has its old ID.',
  undoChangedSince: 'The room has an ID that the rotation did not give it.',
} as const

/** What a plan warns of. */
const warnings = {
  warnLowEntropy: 'The new IDs have {bits} bits of randomness; {wanted} or more are recommended.',
  warnUnreadRooms: ({ count }: Count) =>
    `The rooms of ${plural(count, 'person', 'people')} outside the plan were not read: if a new ID is already in use there, that shows only when it is sent; then another is drawn, or a given one is refused.`,
  noteTemporaries: ({ count }: Count) =>
    count === 1
      ? '1 room changes twice: it frees its ID for somebody else by way of a temporary one.'
      : `${count} rooms change twice: they free their IDs for others by way of temporary ones.`,
  warnLongChain: ({ count }: Count) =>
    `${plural(count, 'room')} pass their IDs on in a chain longer than one batch; the site must not reserve freed IDs (quarantine 0), or these rooms are refused.`,
  warnFreedReserved: ({ count }: Count) =>
    `${plural(count, 'room')} would take IDs that others give up; the target kept those for their last holders when it was probed, so it is likely to refuse.`,
} as const

/** Why a rotation stopped, or a room was refused. */
const stops = {
  stoppedOnRequest: 'Stopped on request.',
  stoppedProcessEnded: 'Roomkey stopped while this was running; resume it to continue.',
  stoppedByError: 'Stopped by an error that is in the log of the service; look there, then resume.',
  stoppedAccessDenied: 'The target denies us access ({reason}).',
  stoppedTooManyRefused: ({ refused, count }: Count & { refused: number }) =>
    `${refused} of ${plural(count, 'room')} ${refused === 1 ? 'was' : 'were'} refused; check the reasons, then resume or plan again.`,
  stoppedCanaryRefused: ({ count }: Count) =>
    count === 1
      ? 'The first room was refused; check the reason before you go on.'
      : `The first ${count} rooms were all refused; check the reasons before you go on.`,
  stoppedCanaryNotChanged:
    'The room of {email}, one of the first, was not changed as it should be: {reason} Find out why, then resume to go on with the others.',
  stoppedCanaryWrong: 'The room of {email} does not have the ID that it was given; check it before you go on.',
  stoppedCanaryUnseen: ({ unseen, count, email }: Count & { unseen: number; email: string }) =>
    `${unseen} of the first ${plural(count, 'room')} did not take the new ID in the time that the target needs to show it, ${email} among them; find out why, then plan the others again.`,
  stoppedCanaryUnread:
    'The room of {email}, one of the first, cannot be read ({reason}); look at it by hand, then resume to go on with the others.',
  stoppedCanaryDone: ({ count }: Count) =>
    count === 1
      ? 'The first room is done; check it, then resume.'
      : `The first ${count} rooms are done; check them, then resume.`,
  stoppedTargetDown: 'The target does not respond ({reason}); make sure that it is running, then resume.',
  stoppedSelfServiceOff: '{reason} Self-service is still switched off; resuming the rotation switches it back on.',
  refusedOtherPerson: 'The e-mail address belongs to somebody else now.',
  refusedPersonGone: 'The target has no such person any more.',
  refusedNotChanged: ({ tries }: { tries: number }) =>
    `The target did not change the room in ${plural(tries, 'try', 'tries')}.`,
  refusedOtherId: ({ tries, id }: { tries: number; id: string }) =>
    `The target gave the room another ID, ${JSON.stringify(id)}, in ${plural(tries, 'try', 'tries')}.`,
  refusedUnclear: ({ tries, reason }: { tries: number; reason: string }) =>
    `It is not known whether the room was changed: it could not be read in ${plural(tries, 'try', 'tries')} (${reason}).`,
  heldChanged: 'The room had another ID than planned when its turn came, so it was left as it is.',
  heldHasNewId: 'The room had its new ID already when its turn came.',
  heldUnread: 'The room could not be read when its turn came ({reason}), so it was left as it is.',
  refusedIdNotFreed: 'The room that has this ID could not give it up.',
  planProcessEnded: 'The process that made the plan ended before it was done; plan it again.',
  planServiceStopped: 'The service was stopped while the plan was made; plan it again.',
  planStopped: 'Stopped while the plan was made; resume it.',
  planFailed: 'Planning failed for a reason that is in the log of the service; plan it again.',
} as const

/** Why a rotation cannot be planned, approved, run or undone. */
const refusals = {
  planChanged: 'Rotation {rotation} is not what was planned: it was changed afterwards; plan it again.',
  planUnfinished: 'The plan is not finished yet; wait for it.',
  approveOwnPlan: 'You planned this rotation, so you cannot approve it; ask a second administrator.',
  approveWrongState: 'The rotation is {state}; only a plan can be approved.',
  needsApproval: 'Rotation {rotation} waits for a second administrator; have its plan approved, then start it.',
  otherRotationRunning:
    'Rotation {rotation} of this site is running ({owner}); wait for it, or stop it, before you start another.',
  alreadyRunning: 'The rotation is already running.',
  runningElsewhere:
    'Another process runs the rotation; it has been asked to stop and has not stopped yet. Look at it again.',
  leaseLost: 'Rotation {rotation} is now run by another process; see roomkey status.',
  wrongState: 'The rotation is {state}; look at it again.',
  undoWrongState: 'The rotation is {state}; it can be undone once it has stopped.',
  plannedElsewhere: 'Another process is making this plan; wait until it is finished.',
  alreadyStarted: 'The rotation has already started; it is kept for the record.',
  noRotation: 'There is no such rotation on this site.',
  rotationDiscarded: 'The plan was discarded in the meantime; make a new one.',
  tokenEnded: 'The token of the administrator who started this has expired or was revoked; use another one.',
  elsewhereAllSitesOnly: 'Only an administrator of all sites may have this service change rooms elsewhere.',
  noConnection:
    'There is no connection to Webex; make one in the settings of the console, or by PUT /api/webex-connection.',
  noSignInForTarget: 'This service has no sign-in for {target}; use roomkey run instead.',
  badHours: 'between is two times of day, perhaps with a time zone: 20:00-06:00 Europe/Berlin.',
  listUnreadable: 'The list cannot be used: {reason}',
  unmatchedPeople: ({ people, count }: { people: string; count: number }) =>
    `${plural(count, 'person', 'people')} of the list ${count === 1 ? 'is' : 'are'} not on this site: ${people}. Fix the list, or set allowUnmatched to leave them out.`,
  nobodyOnSite: 'Nobody has an account on {siteUrl}; check the name of the site.',
  nothingToRotate: 'There is no room to rotate: {reasons}',
  nobodyChosen: 'nobody is chosen.',
  leftCount: '{count}: {reason}',
  listWithoutIds: 'For IDs from a CSV, give a list of people with the column personalMeetingRoomId.',
  templateField: 'The template has no field {{field}}; use {fields}.',
  templateCount: 'Add a number after {{field}: in the template, e.g. {example}.',
  templateBrace: 'The template has an unmatched brace; use {fields}.',
  stormEndless:
    'A storm that lasts {duration} s and begins every {interval} s never ends; make it shorter than its interval.',
} as const

export const rotations = { ...choices, ...leftOut, ...warnings, ...stops, ...refusals } as const
