/** Sites, tokens, webhooks, sessions and the connection to Webex. */
import { integer } from '../numbers.ts'

export const administration = {
  noSite: 'Site was not found.',
  otherSite: 'The access token is not for this site.',
  siteExists: 'The site already exists.',
  nameSite: 'Name one of your sites with siteUrl.',
  addSiteAllSitesOnly: 'Only an administrator of all sites may add one.',
  noChange: 'There is no such change on this site.',
  badTime: '{field} must be a time in ISO 8601, e.g. {example}.',
  noToken: 'There is no such token.',
  tokenExpiryPast: 'expiresAt must be in the future.',
  tokenSites: 'You can only make tokens for your own sites.',
  tokenRole: 'Only a full administrator can make a token with that role.',
  tokenEnd: 'A token cannot outlast the one that makes it: yours ends at {end}; give an expiresAt that is no later.',
  tokenSessionEnd:
    'A session can only make tokens that end with it, at {end}; give an expiresAt that is no later, or your own token as well.',
  tokenNotOwn: 'That is not the token that you are signed in with; copy it again.',
  approvalFullAdminOnly:
    'Only a full administrator of all sites can let rotations of this one start without a second administrator.',
  approvalOwnPlanOpen:
    'You have planned a rotation of this site that has not started; have it approved or discard it before you change this.',
  tokenScope: 'A token can only have scopes that you have yourself; you lack {scope}.',
  needsToken: 'Send a valid access token in the Authorization header: Bearer TOKEN.',
  needsScope: 'The access token needs {access}.',
  sessionFromConsoleOnly: 'A session can make changes only from the console; send a token, or the header {header}.',
  signInLinkUsed: 'This link was already used, or has expired; sign in with a token.',
  badToken: 'This is not a valid access token; check it and try again.',
  noWebhook: 'There is no such webhook.',
  tooManyWebhooks: ({ most }: { most: number }) =>
    `There are ${integer(most)} webhooks for a site that this one is for, the most that a site may have; delete one first.`,
  webhookFilter: 'filter must be siteUrl=… with one site.',
  webhookUrl: 'targetUrl must be an http or https URL.',
  webhookCredentials: 'targetUrl must not contain a user name or a password.',
  webhookPrivate: 'targetUrl must lead to a public address.',
  connectionAllSitesOnly:
    'Only an administrator of all sites may connect this service to Webex, or see the connection.',
  connectionFromEnvironment: 'The service uses the token in WEBEX_ACCESS_TOKEN; remove it from the environment first.',
  signInInBrowser: 'Start the sign-in in the console, because it is completed in a browser; or paste a token.',
  needsIntegration: 'Give clientId and clientSecret of the integration that you registered on developer.webex.com.',
} as const
