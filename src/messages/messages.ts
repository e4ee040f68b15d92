/**
 * What the service and the engine say to people in whole sentences, each under its code. They are written in English;
 * whoever shows them in another language does so by the code (console/src/words/sentences-de.ts).
 *
 * What stands in braces is filled in by `say`. A sentence may be reworded at any time, its code stays.
 */
export const sentences = {
  // What makes an ID guessable.
  guessBoth:
    '{origin} ("{entry}") with "{before}" before and "{after}" after: guess {rank} for whoever knows the directory.',
  guessBefore: '{origin} ("{entry}") with "{before}" before: guess {rank} for whoever knows the directory.',
  guessAfter: '{origin} ("{entry}") with "{after}" after: guess {rank} for whoever knows the directory.',
  guessPlain: '{origin}: guess {rank} for whoever knows the directory.',
  guessNearby: "Another room's number is only {distance} away: whoever has that link counts up or down to this one.",
  guessShared:
    '"{prefix}" shared by {sharing} rooms and {digits}, so that only the number has to be found: {bits} bits, about {guesses} guesses.',
  guessNumber:
    '"{prefix}" and {digits}, so that only the number has to be found: {bits} bits, about {guesses} guesses.',
  guessPrefixed:
    'Nothing in the directory yields it: "{prefix}" and {characters} random letters and digits, {bits} bits, about {guesses} guesses.',
  guessRandom:
    'Nothing in the directory yields it: {characters} random letters and digits, {bits} bits, about {guesses} guesses.',
  guessChosen:
    'Chosen by a person, not made from the directory: {parts}; at most {bits} bits, about {guesses} guesses.',
  originEmailPrefix: 'The e-mail prefix',
  originInitial: 'First initial and last name',
  originUsername: 'The username',
  originEmailForm: 'The e-mail prefix in another form',
  originUsernameForm: 'The username in another form',
  originNameForm: 'The names in another form',
  originSpelling: 'The names in another spelling',
  originNickname: 'A nickname',
  originWord: 'A word of the dictionary',
  originShort: 'No more than three letters and digits',

  // Who is chosen for a rotation.
  choiceEveryone: 'everyone',
  choiceListed: 'the {count} people in {file}',
  choiceDepartment: 'department {department}',
  choiceGuessable: 'rooms with a guessable ID',
  choiceOlderThan: 'rooms whose ID is older than {days} days',
  choiceRefreshed: 'rooms that rotation {rotation} refreshed',

  // Why somebody is left out of a rotation.
  leftAttendee: 'An attendee has no personal room.',
  leftInvitation: 'The invitation has not been accepted yet.',
  leftPinned: 'The room is pinned.',
  leftStrong: 'The ID is hard to guess already.',
  leftYoung: 'The ID is {days} days old.',
  leftTooYoung: 'The ID is not that old yet.',
  leftNotChosen: 'Not chosen.',
  leftNoRoom: 'No personal room: {why}',
  leftNoIdGiven: 'The CSV gives no ID.',
  leftFault: 'The new ID would be {id}. {fault}',
  leftSameId: 'The room carries this ID already.',
  leftStranger: 'Nobody on this site has this address.',
  leftGivenTwice: 'The plan gives this ID to more than one person.',
  leftKept: 'The new ID belongs to somebody who keeps it.',

  couldNotGiveUp: 'The room that carries this ID could not give it up.',

  // Why a room stays when a rotation is taken back.
  backUnknown: 'It is not known which ID the room carried before.',
  backAlready: 'The room carries its old ID already.',
  backChanged: 'The room carries an ID that the rotation did not give it.',

  // What a plan warns of.
  warnFewBits: 'The new IDs carry {bits} bits that cannot be guessed; {wanted} or more are advised.',
  warnUnread:
    'The rooms of {count} people outside the plan were not read: a clash with one of theirs is found only when it is sent, and then listed.',
  warnLongRow:
    '{count} rooms pass their IDs on in a row longer than one batch; the site must not reserve freed IDs for that (quarantine 0), or these are refused.',

  // Why a rotation stopped.
  stoppedAsked: 'Stopped on request.',
  stoppedDied: 'The process that ran it ended; go on with it.',
  stoppedByError: 'It was stopped by an error that is in the log of the service; look there, then resume.',
  planDied: 'The process that made the plan ended before it was done; plan it again.',
  stoppedRefused: 'The target refuses us ({why}).',
  stoppedRefusals: '{refused} of {count} rooms were refused; look at the reasons, then go on or plan again.',
  stoppedCanaryRefused: 'The first {count} rooms were all refused; look at the reasons before the others.',
  stoppedCanaryWrong: 'The room of {email} does not carry the ID that it was given; look before the others.',
  stoppedCanaryDone: 'The first {count} rooms are done; look at them, then go on.',
  stoppedDown: 'The target does not answer ({why}); see that it runs, then resume.',
  stoppedFrozen: '{why} Self-service is still switched off; roomkey resume switches it on again.',
  targetDown: 'The target {host} does not answer ({why}); see that it runs, then try again.',

  stormEndless: 'A storm of {for} s that begins every {every} s never ends; let it be shorter than that.',

  // Why a rotation cannot be planned, approved or run.
  planChanged: 'Rotation {rotation} is not what was planned: it was changed afterwards; plan it again.',
  planUnfinished: 'The plan is not made yet; wait for it.',
  approveOwn: 'Whoever planned a rotation cannot approve it; ask a second administrator.',
  approveState: 'The rotation is {state}; only a plan can be approved.',
  needsApproval: 'Rotation {rotation} waits for a second administrator; have its plan approved, then start it.',
  otherRuns: 'Rotation {rotation} of this site is running ({owner}); wait for it, or stop it, before another begins.',
  runsAlready: 'The rotation is running already.',
  runsElsewhere: 'The rotation is not run by this service; stop it where it was started.',
  otherState: 'The rotation is {state}; look at it again.',
  undoState: 'The rotation is {state}; it can be taken back once it has stopped.',
  leaseLost: 'Rotation {rotation} is now run by another process; see roomkey status.',
  elsewhereAllSitesOnly: 'Only an administrator of every site may have this service change rooms elsewhere.',
  noConnection:
    'There is no connection to Webex; make one in the settings of the console, or by PUT /api/webex-connection.',
  noSignInForTarget: 'This service has no sign-in for {target}; run it by roomkey run.',
  plannedElsewhere: 'Another process makes this plan; wait until it is made.',
  hasBegun: 'The rotation has begun; it stays for the record.',
  noRotation: 'There is no such rotation on this site.',
  rotationGone: 'The rotation was thrown away meanwhile; plan it again.',
  tokenEnded: 'The token of the administrator who began this has ended; go on with another.',
  listNames: 'Row {row} of the list names nobody; give it an email or a personId.',
  listTwice: '{address} is in the list twice; remove one of the rows.',
  listEmpty: 'The list names nobody; give a CSV with a column email or personId.',
  listBroken: 'The list is not well-formed CSV: {why}; mend it and try again.',
  listColumn: 'The list has an unknown column {column}; use {columns}.',
  listAddressColumn: 'The list must have the column email or the column personId, and not both.',
  listWithoutIds: 'For IDs from a CSV, give a list of people with the column personalMeetingRoomId.',
  templateField: 'The template has no field {{field}}; use {fields}.',
  templateCount: 'Say how many after {{field}: in the template, e.g. {example}.',
  templateBrace: 'The template has an unmatched brace; use {fields}.',

  // Why a batch is refused. The one about somebody else's ID is published.
  itemAddressMissing: 'Each item needs email or personId.',
  itemAddressBoth: 'An item cannot have both email and personId.',
  itemAddressMixed: 'All items must have email, or all must have personId.',
  itemIdMissing: 'Each item needs personalMeetingRoomId, or systemGenerated with the value true.',
  itemIdBoth: 'An item cannot have both personalMeetingRoomId and systemGenerated with the value true.',
  itemIdMixed: 'All items must have personalMeetingRoomId, or all must have systemGenerated with the value true.',
  noPerson: 'Person was not found on this site.',
  personTwice: 'Person appears more than once in the request.',
  noRoom: 'Person has no personal meeting room on this site.',
  idInvalid: 'Personal meeting room ID is not valid.',
  idTwice: 'Personal meeting room ID appears more than once in the request.',
  idTaken: 'Personal meeting room ID is being used by someone else.',
  idEmpty: 'Personal meeting room ID must not be empty.',
  idLong: 'Personal meeting room ID must not be longer than {most} characters.',
  idCharacters: 'Personal meeting room ID may only contain letters, digits, "-", "." and "_".',
  idNoLetter: 'Personal meeting room ID must contain at least one letter.',
  siteRotated: 'The site is being rotated by somebody else.',

  // Sites, tokens, webhooks and sessions.
  noSite: 'Site was not found.',
  otherSite: 'The access token is not for this site.',
  siteThere: 'The site is there already.',
  everySiteOnly: 'Only an administrator of every site may add one.',
  noChange: 'There is no such change on this site.',
  tokenOfRotation: 'rotation {rotation} for {name}',
  tokenOfReading: 'reading for {name}',
  noToken: 'There is no such token.',
  tokenPast: 'expiresAt must be in the future.',
  tokenSites: 'A token can only be made for sites of your own.',
  tokenRole: 'Only a full administrator can make a token with that role.',
  tokenScope: 'A token can only have scopes of your own, which lacks {scope}.',
  needsScope: 'The access token needs {access}.',
  noWebhook: 'There is no such webhook.',
  webhookUrl: 'targetUrl must be an http or https URL.',
  webhookCredentials: 'targetUrl must not hold a name or a password.',
  webhookPrivate: 'targetUrl must lead to a public address.',
  // Why a message was not delivered: a status, silence, or what the system says of the connection.
  sentStatus: 'status {status}',
  sentSilence: 'no answer in {seconds} s',
  sentRefused: 'ECONNREFUSED',
  sentReset: 'ECONNRESET',
  sentNotFound: 'ENOTFOUND',
  sentUnreachable: 'EHOSTUNREACH',
  sentPrivate: 'The URL leads to an address that is not public.',
  linkUsed: 'This link has been used, or is too old; sign in with a token.',
  badToken: 'This is not a valid access token; check it and try again.',

  // The service as a whole.
  waitSeconds: 'Wait {seconds} seconds before the next call.',
  stopping: 'The service is stopping.',
  stoppingRuns: 'The service is stopping; ask again once it runs.',
  databaseAway: 'The database cannot be reached or written now.',
  bodyLarge: 'The body is larger than 1 MiB.',
  unexpected: 'The request failed for a reason that is not in it; the trackingId finds it in the log.',
} as const

export type SentenceCode = keyof typeof sentences
