/**
 * Signing in as a service app: `POST /v1/applications/{id}/token`, as developer.webex.com describes it. Its tokens are
 * those of an organisation that has authorised the app, and are renewed like others.
 */
import type { Fetch } from '../calls/calls.ts'
import type { SignInApp } from './sign-in.ts'
import { signInScopes } from './sign-in.ts'
import { postJson, toSignedIn } from './token-answers.ts'
import type { SignedIn } from './token-source.ts'

export interface ServiceApp {
  applicationId: string
  /** The organisation whose rooms are meant. */
  organizationId: string
  /** A token of the app's owner, with the scope `spark:applications_token`. */
  ownerToken: string
}

/** @throws TargetError */
export async function signInAsServiceApp(
  fetch: Fetch,
  { baseUrl, clientId, clientSecret }: SignInApp,
  { applicationId, organizationId, ownerToken }: ServiceApp,
  now: number,
): Promise<SignedIn> {
  const url = `${baseUrl}/applications/${encodeURIComponent(applicationId)}/token`
  const body = { clientId, clientSecret, targetOrgId: organizationId }
  return toSignedIn(await postJson(fetch, url, body, ownerToken), now, signInScopes)
}
