/** The token for a target: from the environment, from a sign-in, or from the service on this machine. */
import { connectionFile } from '../../local/connection-file.ts'
import { dataFolder } from '../../local/data-folder.ts'
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
  if (connection.read() !== undefined) return connection.tokens
  return tokenFor(url, place)
}
