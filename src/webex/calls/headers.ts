/** Where a list continues. */

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
