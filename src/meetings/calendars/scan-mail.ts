/** Mails, alone or in a mailbox: the invitations that are attached, else the links in their text. */
import PostalMime, { type Email } from 'postal-mime'
import type { Found, Scan } from './found.ts'
import type { OldLinks } from './old-links.ts'
import { scanIcs } from './scan-ics.ts'

/** A longer one is left out, and said. */
const maxBytes = 64 * 2 ** 20

/** @param chunks one byte a character */
export async function* scanMail(
  place: string,
  chunks: AsyncIterable<string>,
  links: OldLinks,
  scan: Scan,
): AsyncGenerator<Found> {
  let number = 0
  for await (const message of messages(chunks)) {
    number += 1
    const where = number === 1 ? place : `${place}, message ${number}`
    if (message === null) {
      scan.onUnread(where, 'the message is larger than 64 MiB')
      continue
    }
    try {
      yield* scanMessage(where, await PostalMime.parse(Buffer.from(message, 'latin1')), links, scan)
    } catch (error) {
      scan.onUnread(where, (error as Error).message)
    }
  }
}

async function* scanMessage(place: string, email: Email, links: OldLinks, scan: Scan): AsyncGenerator<Found> {
  scan.onLooked()
  const seen = new Set<string>()
  let over = 0
  const within: Scan = { ...scan, onLooked: () => undefined, onOver: () => (over += 1) }
  for (const { mimeType, filename, content } of email.attachments) {
    if (!/^(text\/calendar|application\/ics)/i.test(mimeType) && !/\.ics$/i.test(filename ?? '')) continue
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer)
    for await (const found of scanIcs(place, [bytes.toString('latin1')], links, within)) {
      // The same invitation often stands in a mail twice: as a part, and as a file.
      const key = `${found.uid} ${found.start}`
      if (!seen.has(key)) yield found
      seen.add(key)
    }
  }
  if (seen.size > 0 || over > 0) return
  const found = links.find([email.subject, email.text, email.html].filter(Boolean).join('\n'))
  if (found.length === 0) return
  const organizer = email.from?.address ?? ''
  const about = { organizer, title: email.subject ?? '', start: email.date ?? '', isSeries: false, uid: '' }
  yield { place, source: 'mail', ...about, links: found, rewrite: null }
}

/** The messages of a mailbox (mbox), or the one that the file is; null for one that is too long. */
async function* messages(chunks: AsyncIterable<string>): AsyncGenerator<string | null> {
  let parts: string[] = []
  let bytes = 0
  let rest = ''
  let isBlank = true
  const take = () => {
    const message = bytes > maxBytes ? null : parts.join('')
    parts = []
    bytes = 0
    return message
  }
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/(?<=\n)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (isBlank && line.startsWith('From ')) {
        if (bytes > 0) yield take()
      } else {
        bytes += line.length
        if (bytes <= maxBytes) parts.push(line.replace(/^>(>*From )/, '$1'))
      }
      isBlank = line === '\n' || line === '\r\n'
    }
  }
  parts.push(rest)
  bytes += rest.length
  if (bytes > 0) yield take()
}
