/** Reads the name of a site as people write it. */

const hostName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/**
 * The host name in lower case out of `example.webex.com`, `https://example.webex.com/`, `example.webex.com/meet` or the
 * whole link of a room. Undefined for what names no site.
 */
export function parseSite(text: string): string | undefined {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/\.$/, '')
  return host.length <= 253 && hostName.test(host) ? host : undefined
}
