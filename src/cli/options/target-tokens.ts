/** The token for a target: from the environment, from a sign-in, or from the service on this machine. */
import { connectionFile } from '../../local/connection-file.ts'
import { dataFolder } from '../../local/data-folder.ts'
import { dayMs } from '../../time.ts'
import { normalBaseUrl } from '../../webex/calls/calls.ts'
import { WebexConnection } from '../../webex/sign-in/connection.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'
import { type Place, tokenFor, urlOf } from './target.ts'
import { isWebex, webexUrl } from './webex-url.ts'

/** The URL of the target that the options name. */
export function targetUrl({ target, data }: Place): string {
  if (target === 'webex') return webexUrl()
  return normalBaseUrl(urlOf({ target, data }))
}

/** This machine's sign-in for a target. A token from the environment takes precedence. */
export function connectionTo(url: string, { data }: Place): WebexConnection {
  const { WEBEX_ACCESS_TOKEN, WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET } = process.env
  return new WebexConnection({
    url,
    file: connectionFile(dataFolder(data), url),
    environment: {
      accessToken: (isWebex(url) && WEBEX_ACCESS_TOKEN) || null,
      integration:
        WEBEX_CLIENT_ID && WEBEX_CLIENT_SECRET
          ? { clientId: WEBEX_CLIENT_ID, clientSecret: WEBEX_CLIENT_SECRET }
          : null,
    },
  })
}

/** @throws UserError where there is no token for it. */
export function targetTokens(url: string, place: Place): TokenSource {
  const connection = connectionTo(url, place)
  const kept = connection.read()
  if (kept?.by === 'signIn') warnOfEnd(url, kept.signedIn.refreshExpiresAt - Date.now())
  if (kept !== undefined) return connection.tokens
  return tokenFor(url, place)
}

const warnBeforeMs = 10 * dayMs

/** Once it has ended, only a person can begin it again. */
function warnOfEnd(url: string, leftMs: number): void {
  if (leftMs > warnBeforeMs || leftMs <= 0) return
  const days = Math.ceil(leftMs / dayMs)
  const left = days === 1 ? 'one day' : `${days} days`
  process.stderr.write(`The sign-in to ${new URL(url).host} ends in ${left}; renew it with roomkey login.\n`)
}
