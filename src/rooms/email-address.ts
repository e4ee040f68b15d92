/**
 * What an e-mail address may look like, and how one is written so that the same address is always the same text. Tables
 * and the API share it: one person never becomes two because of characters that nobody can see.
 */

/** The limit of RFC 5321, 64 + 1 + 255. */
export const maxEmailLength = 320

/**
 * For JSON Schema, with the flag u. No quoted local parts and no address literals; nothing that another program would
 * read as two addresses or as a name with an address.
 */
export const emailPattern =
  '^[^\\s@<>()\\[\\]\\\\,;:"\\p{Cc}\\p{Cf}\\p{Cs}\\ufffd]+@[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_.-]*[\\p{L}\\p{M}\\p{N}_])?$'

const wellFormed = new RegExp(emailPattern, 'u')

/** Of an address without anything around it. */
export function isEmail(text: string): boolean {
  return text.length <= maxEmailLength && wellFormed.test(text)
}

/**
 * Zero-width characters, soft hyphens, marks of direction, byte order marks (all Cf), fillers, variation selectors, and
 * every space but the ordinary one, such as the no-break space.
 */
const invisible = /\p{Cf}|\u034f|[\ufe00-\ufe0f]|[\u115f\u1160\u3164\uffa0]|(?! )\p{Zs}/gu

/** Text without the characters that nobody can see, in Unicode's composed form (NFC). */
export function visibleText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.replace(invisible, '').normalize('NFC')
}

/** An address as it is kept: in composed form, without what nobody can see and without spaces around it. */
export function cleanEmail(text: string): string {
  return visibleText(text).trim()
}

/** Addresses are kept as given and compared without regard to case: this is what they are compared by. */
export function emailKey(email: string): string {
  return cleanEmail(email).toLowerCase()
}

/** What was taken off an address: characters that nobody can see, or `mailto:`, `SMTP:` and `<…>` around it. */
export type EmailNote = 'invisible' | 'wrapped'

export type ReadEmail = { email: string; note?: EmailNote } | { fault: string }

/** Reads an address out of the cell of a table. A fault is one sentence. */
export function readEmail(text: string): ReadEmail {
  const visible = cleanEmail(text)
  const bare = visible.replace(/^(?:mailto|smtp):\s*/i, '').replace(/^<([^<>]*)>$/, '$1')
  if (bare.length > maxEmailLength) return { fault: `${quote(visible)} is too long for an e-mail address.` }
  if (!wellFormed.test(bare)) return { fault: faultOf(bare, quote(visible)) }
  if (bare !== visible) return { email: bare, note: 'wrapped' }
  const given = text.replace(/^[ \t]+|[ \t]+$/g, '')
  return given === bare || given.normalize('NFC') === bare ? { email: bare } : { email: bare, note: 'invisible' }
}

function faultOf(bare: string, quoted: string): string {
  if (bare === '') return 'There is no e-mail address.'
  if (bare.includes('\ufffd')) return `${quoted} has lost characters: the file was saved in another encoding.`
  if (/<[^<>]*@[^<>]*>/.test(bare)) return `${quoted} is a name with an address; leave only the address in the cell.`
  if (bare.split('@').length > 2) return `${quoted} is more than one e-mail address; leave one in the cell.`
  return `${quoted} is not an e-mail address.`
}

function quote(text: string): string {
  return `"${text.slice(0, 80)}"`
}
