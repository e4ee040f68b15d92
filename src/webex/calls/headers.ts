/** Parses the headers of RFC 9110 and RFC 8288 that a client must read: when to retry, and where the list continues. */

/**
 * How long `Retry-After` asks to wait, in milliseconds: seconds or an HTTP date. Undefined when absent or unreadable.
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/**
 * The address of the next page, from `Link: <…>; rel="next"` (RFC 8288), or undefined at the end. It is followed on the
 * origin of `from` alone, so that a forged link never carries our token elsewhere.
 */
export function nextPage(headers: Headers, from: string): string | undefined {
  const link = headers.get('link')
  if (link === null) return undefined
  for (const [, target = '', parameters = ''] of link.matchAll(/<([^>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters)
    const names = (relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/)
    if (!names.includes('next')) continue
    const next = new URL(target, from)
    return next.origin === new URL(from).origin ? next.href : undefined
  }
  return undefined
}
