/**
 * The lines of an iCalendar file (RFC 5545, 3.1), as bytes: text is read as ISO 8859-1, so that whatever is not changed is
 * written back byte for byte. No permissively licensed library keeps a file as it was; ical.js judges the results in the
 * tests.
 */
export interface ContentLine {
  /** As in the file, with folds and line ends. */
  raw: string
  /** Unfolded, without its end. */
  text: string
}

const maxOctets = 75

/** @param chunks text of one byte a character */
export async function* contentLines(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<ContentLine> {
  let raw = ''
  for await (const physical of physicalLines(chunks)) {
    if (raw !== '' && /^[ \t]/.test(physical)) raw += physical
    else {
      if (raw !== '') yield lineOf(raw)
      raw = physical
    }
  }
  if (raw !== '') yield lineOf(raw)
}

async function* physicalLines(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/(?<=\n)/)
    rest = lines.pop() ?? ''
    // The last one may go on in the next chunk, or is whole.
    if (rest.endsWith('\n')) {
      lines.push(rest)
      rest = ''
    }
    yield* lines
  }
  if (rest !== '') yield rest
}

function lineOf(raw: string): ContentLine {
  return { raw, text: raw.replace(/\r?\n[ \t]/g, '').replace(/\r?\n$/, '') }
}

/** The line with another text, folded anew; as it was where the text is the same. */
export function withText(line: ContentLine, text: string): ContentLine {
  if (text === line.text) return line
  const end = /\r\n/.test(line.raw) || !line.raw.includes('\n') ? '\r\n' : '\n'
  const parts: string[] = []
  for (let at = 0; at < text.length || at === 0; ) {
    const most = at + maxOctets - (at === 0 ? 0 : 1)
    const next = wholeCharacter(text, most)
    parts.push((at === 0 ? '' : ' ') + text.slice(at, next))
    at = next
  }
  return { raw: parts.join(end) + end, text }
}

/** The last place up to `at` where no character of UTF-8 is cut. */
function wholeCharacter(bytes: string, at: number): number {
  let end = at
  while (end > at - 4 && /[\x80-\xbf]/.test(bytes.charAt(end))) end -= 1
  return end
}

/** The name of a property in upper case, its parameters as they are, and its value. */
export function propertyOf(text: string): { name: string; parameters: string; value: string } {
  const match = /^([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^":;]*)+)*):(.*)$/s.exec(text)
  if (match === null) return { name: '', parameters: '', value: text }
  return { name: match[1]!.toUpperCase(), parameters: match[2]!, value: match[3]! }
}

/** The text of a value: `\n`, `\,` and the like are read, and its bytes as UTF-8. */
export function textOf(value: string): string {
  const plain = value.replace(/\\([nN,;\\])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped))
  return Buffer.from(plain, 'latin1').toString('utf8')
}
