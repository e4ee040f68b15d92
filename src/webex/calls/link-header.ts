/** Parses `Link`. Source: RFC 8288, section 3, and appendix B for how to read what others write. */
export interface Link {
  target: string
  /** In lower case; none where there is no `rel`. */
  relations: string[]
  /** What the link is from, where that is not the page itself. */
  anchor: string | null
}

const space = String.raw`[ \t]*`
const target = new RegExp(`${space}<([^>]*)>`, 'y')
const parameter = new RegExp(
  `${space};${space}([^\\s"(),/:;<=>?@[\\\\\\]{}]*)${space}(?:=${space}(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s",;]*)))?`,
  'y',
)
const separator = new RegExp(`${space}(,|$)`, 'y')

/** All links of the header, in order, or undefined where it does not read as links. */
export function readLinks(header: string): Link[] | undefined {
  const links: Link[] = []
  let at = 0
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(header)
    if (found !== null) at = pattern.lastIndex
    return found
  }
  while (at < header.length) {
    // Nothing between two commas is no link.
    if (next(separator) !== null) continue
    const found = next(target)
    if (found === null) return undefined
    const parameters = new Map<string, string>()
    for (let one = next(parameter); one !== null; one = next(parameter)) {
      const [, name = '', quoted, bare = ''] = one
      // The first of each name counts.
      if (!parameters.has(name.toLowerCase())) {
        parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare)
      }
    }
    if (next(separator) === null) return undefined
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    links.push({ target: found[1]!.trim(), relations, anchor: parameters.get('anchor') ?? null })
  }
  return links
}
