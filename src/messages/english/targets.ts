import { plural } from '../numbers.ts'

/** Calls to others: to the target of a rotation, to a sign-in service, to the receiver of a webhook. */
export const targets = {
  // What came of one call.
  responseStatus: 'status {status}',
  responseDenied: '{status}: {reason}',
  responseMalformed: 'an answer of an unknown shape',
  noResponse: 'no answer in {seconds} s',
  addressPrivate: 'The URL leads to an address that is not public.',
  callCanceled: 'canceled before it was sent',
  noReasonGiven: 'no reason given',

  // What that means for the work.
  targetDown: 'The target {host} does not respond ({reason}); make sure that it is running, then try again.',
  targetDenied: 'The target does not let us {action} ({status}: {reason}); {advice}.',
  targetUnexpected: 'The target sent an unexpected answer about {subject}: {answer}; {advice}.',
  answerRedirect: 'a redirect to {to} ({status})',
  answerPage: 'a web page instead of data',
  answerEmpty: 'an empty answer',
  answerNoJson: 'something that is not JSON',
  answerGarbled: 'an answer whose compression is broken',
  adviceUrl: 'make sure that its URL leads to a Webex or Roomkey API',
  adviceRedirect: 'give the URL to which it should lead, as a redirect is never followed with a token',
  adviceProxy: 'a proxy or a sign-in page seems to stand before it, so check its URL and the way to it',
  listLinkUnreadable:
    'The list of people cannot be read to its end: the link to its next page cannot be read ({link}). Report it to whoever runs the target.',
  listLoops:
    'The list of people cannot be read to its end: its next page is one that was read already ({link}). Report it to whoever runs the target.',
  listEndless:
    'The list of people has no end: its pages go on and bring nobody new. Report it to whoever runs the target.',
  noteListElsewhere:
    'The list of people names its next page at {named}. It was read at {own} all the same, and the token was sent nowhere else; a proxy seems to stand between.',
  targetClosedUntil:
    'The target takes no more calls until {until} ({asked}); go on after that, or have it waited for with --wait.',
  targetAlwaysLater: ({ count, until, asked }: { count: number; until: string; asked: string }) =>
    `The target asked to wait ${plural(count, 'time')} in a row and let no call through (${asked}); go on after ${until}.`,
  retryAfter: 'Retry-After: {header}',
  withoutRetryAfter: 'without Retry-After',
  adviceSignIn: 'sign in again or give another token',
  adviceScopes: 'use a token with the scopes and the site that this needs',
  actionListPeople: 'list the people',
  actionReadRoom: 'read the room of {email}',
  actionListMeetings: 'list the meetings of {email}',
  meetingsLoop: 'the next page of its list is one that was read already',
  meetingsEndless: ({ pages }: { pages: number }) => `its list has more than ${plural(pages, 'page')}`,
  meetingsLinkUnreadable: 'the link to the next page of its list cannot be read',
  actionReadSettings: 'read the settings of the site',
  actionChangeSettings: 'change the settings of the site',
  subjectPeople: 'the people',
  subjectSites: 'the sites',
  subjectRoom: 'the room of {email}',
  subjectRoomLink: 'the link of the room of {email}',
  subjectSettings: 'the settings of the site',
  workCanceled: 'It was canceled; try again.',
  signInRefused: 'The sign-in was refused ({status}); check the client ID and secret, then sign in again.',
  signInDown: 'The sign-in service does not respond ({reason}); try again later.',
  signInNoConnection: 'no connection to {host}',
  signInTimedOut: 'Nobody confirmed the sign-in in time; sign in again.',
  connectionEnded: 'The connection to {host} was ended; connect again, then resume.',
  serviceUnproven:
    'What answers at {url} does not prove that it is the service of this data folder, so it is sent no token; stop it, then start the service with roomkey serve.',
  hostDown: '{host} does not respond now; try again later.',
  hostDeniesToken: '{host} does not accept this token ({status}); copy it again, or make a new one.',
  hostUnexpected: '{host} does not answer as Webex does; check the URL.',
} as const
