/** The token for a target: from the environment, from a sign-in, or from the service on this machine. */
import { dataFolder } from '../local/data-folder.ts'
import { localServiceUrl } from '../local/running-service.ts'
import { keepSignIn, readSignIn } from '../local/sign-in-file.ts'
import { normalBaseUrl } from '../webex/calls.ts'
import { renewSignIn } from '../webex/sign-in.ts'
import type { TokenSource } from '../webex/token-source.ts'
import { renewedToken, staticToken } from '../webex/token-source.ts'
import { targetOf } from './target.ts'

export const webexUrl = 'https://webexapis.com/v1'

/** The URL of the target that the words of the command line mean. */
export function targetUrl({ target, data }: { target?: string | undefined; data?: string | undefined }): string {
  if (target === 'webex') return webexUrl
  return normalBaseUrl(target ?? localServiceUrl(dataFolder(data)))
}

/** A token given in the environment comes before the one that was signed in for. */
export function targetTokens(url: string, { data }: { data?: string | undefined }): TokenSource {
  const folder = dataFolder(data)
  const signIn = process.env.WEBEX_ACCESS_TOKEN ? undefined : readSignIn(folder, url)
  if (signIn !== undefined) {
    return renewedToken(signIn.signedIn, {
      now: Date.now,
      renew: refreshToken => renewSignIn(fetch, signIn.app, refreshToken, Date.now()),
      keep: async signedIn => keepSignIn(folder, url, { ...signIn, signedIn }),
    })
  }
  return staticToken(targetOf({ target: url, data }).token)
}
