/** Paths as clients write them. */

/** Webex's calls answer at their bare documented paths as well as under `/v1`, so that either base URL works. */
const barePath = /^\/(?:admin\/meeting|authorizations|meetingPreferences|people|webhooks)(?=[/?]|Preferences|$)/

/**
 * The path of a call, under its version and without slashes that mean nothing: `/people/` is `/people`, and a base URL
 * that ends with a slash makes `//people`. Paths of pages stay as they are.
 */
export function callPath(url: string): string {
  const [path, ...query] = url.split(/(?=\?)/)
  const tidied = path!.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '')
  const full = barePath.test(tidied) ? `/v1${tidied}` : tidied
  return /^\/(?:v1|api)(?:\/|$)/.test(full) ? full + query.join('') : url
}
