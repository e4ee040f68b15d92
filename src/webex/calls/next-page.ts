/** Where a list continues, from `Link: <…>; rel="next"` (RFC 8288). */
import { readLinks } from './link-header.ts'

export interface NextPage {
  url: string
  /** Another origin that the link names, where it does. The page is asked for at our own all the same. */
  named: string | null
}

/**
 * The next page; null at the end of the list; undefined where the header cannot be read.
 *
 * It is asked for on the origin of `from` alone, which is the only one that ever gets our token: where a proxy stands
 * between, a target names itself by a scheme, host, port or path of its own. What counts is the path and the query.
 */
export function nextPage(header: string | null, from: string): NextPage | null | undefined {
  const links = header === null ? [] : readLinks(header)
  if (links === undefined) return undefined
  const link = links.find(({ relations, anchor }) => relations.includes('next') && anchor === null)
  if (link === undefined) return null
  const next = URL.canParse(link.target, from) ? new URL(link.target, from) : undefined
  if (next === undefined || !/^https?:$/.test(next.protocol)) return undefined
  const own = new URL(from)
  if (next.origin === own.origin) return { url: own.origin + next.pathname + next.search, named: null }
  // A proxy may also have taken the beginning of our path away.
  const path = own.pathname.endsWith(next.pathname) ? own.pathname : next.pathname
  return { url: own.origin + path + next.search, named: next.origin }
}
