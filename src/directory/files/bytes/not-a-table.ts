/** Files that are called .csv and are something else: named for what they are, with what to do next. */

interface Kind {
  is(start: Buffer, text: string): boolean
  sentence: string
}

const begins =
  (...bytes: number[]) =>
  (start: Buffer) =>
    bytes.every((byte, index) => start[index] === byte)
const zip = begins(0x50, 0x4b, 0x03, 0x04)
const exportIt = 'open it and save the sheet as "CSV UTF-8".'

/** The first that fits counts. */
const kinds: Kind[] = [
  {
    is: start => zip(start) && start.includes('xl/'),
    sentence: `is an Excel workbook (.xlsx); ${exportIt}`,
  },
  {
    is: start => zip(start) && start.includes('opendocument.spreadsheet'),
    sentence: `is an OpenDocument spreadsheet (.ods); ${exportIt}`,
  },
  { is: start => zip(start) && start.includes('Index/'), sentence: `is a Numbers document; ${exportIt}` },
  { is: zip, sentence: 'is a ZIP archive or a workbook; unpack it, or save the sheet as "CSV UTF-8".' },
  { is: begins(0xd0, 0xcf, 0x11, 0xe0), sentence: `is an old Excel workbook (.xls); ${exportIt}` },
  { is: begins(0x1f, 0x8b), sentence: 'is compressed with gzip; unpack it with gunzip first.' },
  { is: begins(0x25, 0x50, 0x44, 0x46), sentence: 'is a PDF; export the list as CSV where the PDF came from.' },
  { is: (_, text) => text.startsWith('SQLite format 3'), sentence: 'is an SQLite database; give a CSV.' },
  {
    is: (_, text) => /^\s*<(?:!doctype\s+html|html|head|body|table|meta|script)\b/i.test(text),
    sentence: 'is a web page (HTML): often a sign-in page in the place of a download. Download the CSV again.',
  },
  { is: (_, text) => /^\s*<[?!a-z]/i.test(text), sentence: 'is XML; export the list as CSV.' },
  { is: (_, text) => /^\s*(?:\{|\[\s*[{\]"])/.test(text), sentence: 'is JSON; export the list as CSV.' },
  {
    is: (_, text) => /^\s*(?:#[^\n]*\n\s*)*(?:version:\s*1\s*\n\s*(?:#[^\n]*\n\s*)*)?dn::?\s/i.test(text),
    sentence: 'is LDIF; export the same people as CSV, e.g. with Get-ADUser … | Export-Csv, or csvde.',
  },
  {
    is: (_, text) => /^BEGIN:V(?:CARD|CALENDAR)/i.test(text),
    sentence: 'holds contact cards or a calendar; export the list as CSV.',
  },
]

/** What these first bytes of a file are, as the rest of a sentence that begins with its name; undefined for a table. */
export function notATable(start: Buffer, text: string): string | undefined {
  return kinds.find(({ is }) => is(start, text))?.sentence
}
