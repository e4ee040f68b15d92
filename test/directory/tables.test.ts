/** One reader behind every door: the same files, the same people, the same words for what is wrong. */

import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '#roomkey/directory/files/bytes/table-source.js'
import { openTable, type TableRow } from '#roomkey/directory/files/read-table.js'
import type { ApiError } from '#roomkey/http/plumbing/errors.js'
import type { Fault } from '#roomkey/http/plumbing/fault.js'
import { render } from '#roomkey/messages/render.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { doors, encodings, fileOf, latin1, throughApi } from './doors.ts'

const mia = { email: 'mia.berg@corp.test', roomId: 'miaberg77' }
const joerg = { email: 'joerg@corp.test', roomId: 'muller' }
const two = [mia, joerg]

const header = 'email,displayName,personalMeetingRoomId'
const rows = ['mia.berg@corp.test,Mia Berg,miaberg77', 'joerg@corp.test,Jörg Müller,muller']
const plain = [header, ...rows, '']
const withSemicolons = plain.map(line => line.replaceAll(',', ';'))

/** What is read, and who is found in it. */
const texts: Record<string, string> = {
  'line ends of Unix': plain.join('\n'),
  'line ends of Windows': plain.join('\r\n'),
  'line ends of old Macs': plain.join('\r'),
  'CRLF after the header and LF after the rows': `${header}\r\n${rows.join('\n')}\n`,
  'LF after the header and CRLF after the rows': `${header}\n${rows.join('\r\n')}\r\n`,
  'CR, LF and CRLF in turn': `${header}\r${rows[0]}\n${rows[1]}\r\n`,
  'twice CR before LF': plain.join('\r\r\n'),
  'no line end at the end': plain.slice(0, 3).join('\n'),
  semicolons: withSemicolons.join('\n'),
  tabs: plain.map(line => line.replaceAll(',', '\t')).join('\r\n'),
  bars: plain.map(line => line.replaceAll(',', '|')).join('\n'),
  'sep=; of Excel': ['sep=;', ...withSemicolons].join('\r\n'),
  'sep=, in quotes': ['"sep=,"', ...plain].join('\r\n'),
  '#TYPE of PowerShell': ['#TYPE Selected.System.Management.Automation.PSCustomObject', ...plain].join('\r\n'),
  'the version line of Entra': ['version:v1.0', ...plain].join('\n'),
  'a title above the header': ['User report exported 2025-01-02,,', ',,', ...plain].join('\n'),
  'a title, and another separator below': ['Table 1', '', ...withSemicolons].join('\n'),
  'a title with bare quotes': ['Users of "Corp", all of them', ...plain].join('\n'),
  'blank lines': ['', header, '', rows[0], '', '', rows[1], ''].join('\n'),
  'rows and columns without a cell': [`${header},,`, `${rows[0]},,`, ',,,,', `${rows[1]},,`, '" ",,,,'].join('\n'),
  'a line break in a cell that is not used': [`${header},Notes`, `${rows[0]},"one\r\ntwo"`, `${rows[1]},`].join('\n'),
  'a line break in the name of a column': plain.join('\n').replace('email', '"E-mail\naddress"'),
  'spaces around cells': plain.join('\n').replaceAll(',', ' , '),
  'Ctrl-Z at the end': `${plain.join('\r\n')}\u001a`,
  'upper case': `${header.toUpperCase()}\n${rows.join('\n')}`,
  'quotes around everything': stringify(
    plain.slice(0, 3).map(line => line.split(',')),
    { quoted: true },
  ),
  'addresses with invisible characters': plain
    .join('\n')
    .replace('mia.', '\u200bmia.')
    .replace('joerg@', 'joerg\u00ad@')
    .replace('corp.test,J', 'corp.test\u00a0\u200f,J'),
  'addresses in mailto: and SMTP:': plain.join('\n').replace('mia.', 'mailto:mia.').replace('joerg@', 'SMTP:joerg@'),
  'addresses in angle brackets': plain.join('\n').replace('mia.berg@corp.test', '<mia.berg@corp.test>'),
  'an apostrophe before what begins like a formula': plain.join('\n').replace('Mia Berg', "'=1+1"),
  'Excel\'s ="…"': plain.join('\n').replace('mia.berg@corp.test', '"=""mia.berg@corp.test"""'),
  'links in the column of IDs': plain.join('\n').replace('miaberg77', 'https://example.webex.com/meet/miaberg77'),
  'links of several forms': [
    'email,Personal Room URL',
    'mia.berg@corp.test,example.webex.com/join/miaberg77/?utm=1',
    'joerg@corp.test,https://example.webex.com/example/meet/muller',
  ].join('\n'),
}

const faults: [what: string, text: string, sentence: string | RegExp][] = [
  ['a column of no address', 'colour,size\nred,1\n', 'has no column with e-mail addresses; it has "colour", "size"'],
  ['no header', 'mia.berg@corp.test\njoerg@corp.test\n', 'begins with a person and not with the names of the columns'],
  ['nothing', '', 'is empty'],
  ['nothing but line ends', '\r\n\r\n', 'is empty'],
  ['a bare quote', `${header}\n\nmia@corp.test,Mia "M" Berg,m77\n`, /line 3: a quote \("\) stands bare/],
  ['a bare quote at the start', `${header}\nmia@corp.test,"M" Berg,m77\n`, /line 2: a quote \("\) stands bare/],
  [
    'an open quote',
    `${header}\n${rows[0]}\njo@corp.test,"Jo,jo77\nx,y,z\n`,
    /line 3 or later: a cell begins with a quote/,
  ],
  [
    'a name with an address',
    `${header}\n"Berg, Mia <mia@corp.test>",Mia,m77\n`,
    'line 2: "Berg, Mia <mia@corp.test>" is a name',
  ],
  ['two addresses', `${header}\na@corp.test;b@corp.test,A,a77\n`, 'line 2: "a@corp.test;b@corp.test" is more than one'],
  ['a quoted local part', `${header}\n"""a b""@corp.test",A,a77\n`, 'is not an e-mail address'],
  ['lost letters', `${header}\nj\ufffdrg@corp.test,J,j77\n`, 'line 2, has lost characters'],
  ['zero bytes', `${header}\nj@corp.test,J\0,j77\n`, 'line 2, holds zero bytes'],
  ['a formula', `email,link\na@corp.test,"=HYPERLINK(""https://example.webex.com/meet/a"")"\n`, 'line 2: "=HYPERLINK('],
  [
    'a link of a meeting',
    'email,link\na@corp.test,https://x.webex.com/x/j.php?MTID=m1\n',
    'is not the link of a personal room',
  ],
  ['a cell too many', `${header}\na@corp.test,Berg, Mia,a77\n`, 'The row has 4 cells and the header 3'],
  [
    'a fault below a line break',
    `${header}\na@corp.test,"A\nB",a77\n\nb,B,b77\n`,
    /line 5: "b" is not an e-mail|cannot be shown/,
  ],
  [
    'two columns of one name',
    'Email,Name,Email,roomId\na@corp.test,A,b@corp.test,a77\n',
    'has two columns called "Email"',
  ],
  ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'is a web page (HTML)'],
  ['LDIF', 'version: 1\n\ndn: uid=mberg,dc=corp,dc=test\nmail: mia@corp.test\n', 'is LDIF'],
  ['XML', '<?xml version="1.0"?><users/>', 'is XML'],
]

const files: [what: string, content: Buffer, sentence: string | RegExp][] = [
  [
    'Windows-1252',
    latin1(plain.join('\r\n')),
    /neither UTF-8 nor UTF-16 \(line 3: "joerg@corp\.test,Jörg M.*save it as "CSV UTF-8"/,
  ],
  [
    'an Excel workbook',
    Buffer.from('PK\u0003\u0004\u0014\0\0\0[Content_Types].xml…xl/workbook.xml', 'latin1'),
    'is an Excel workbook',
  ],
  ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'is an old Excel workbook'],
  ['a ZIP archive', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'is a ZIP archive'],
  ['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1'), 'is a PDF'],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'is compressed with gzip'],
]

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => removeFolder(folder))

for (const [door, read] of Object.entries(doors)) {
  describe(`${door}: a table`, () => {
    it.each(Object.entries(texts))('is read with %s', async (_what, text) => {
      expect(await read(await fileOf(folder, text))).toEqual(two)
    })

    it.each(Object.entries(encodings))('is read in %s', async (_name, encode) => {
      expect(await read(await fileOf(folder, encode(plain.join('\r\n'))))).toEqual(two)
    })

    it('is read in another encoding that is named, with the characters that Windows has there', async () => {
      const text = plain.join('\r\n').replace('Jörg', 'J\u0080rg')
      expect(await read(await fileOf(folder, latin1(text)), 'windows-1252')).toEqual(two)
      await expect(read(await fileOf(folder, text), 'klingon')).rejects.toThrow('There is no encoding "klingon"')
    })

    it.each(faults)('is refused with %s', async (_what, text, sentence) => {
      await expect(read(await fileOf(folder, text))).rejects.toThrow(sentence)
    })

    it.each(files)('is refused where it is %s', async (_what, content, sentence) => {
      await expect(read(await fileOf(folder, content))).rejects.toThrow(sentence)
    })

    it('is refused where it is a folder, or not there', async () => {
      await expect(read(folder)).rejects.toThrow(`${folder} is a folder; give the file in it.`)
      await expect(read(`${folder}/none.csv`)).rejects.toThrow(
        /^Cannot read .*none\.csv: there is no such file or folder/,
      )
    })
  })
}

describe('POST …/rotations: a table', () => {
  it.each(Object.entries(texts))('is read with %s', async (_what, text) => {
    expect(await throughApi(text)).toEqual(two)
  })

  it.each(Object.entries(encodings))('is read in %s, as bytes in base64', async (_name, encode) => {
    expect(await throughApi(encode(plain.join('\r\n')))).toEqual(two)
  })

  it.each(faults)('is refused with %s', async (_what, text, sentence) => {
    const refused = await throughApi(text).catch((error: ApiError) => error.faults[0])
    const description = render((refused as Fault).description)
    if (typeof sentence === 'string') expect(description).toContain(sentence)
    else expect(description).toMatch(sentence)
  })
})

describe('one person', () => {
  it.each([
    ['NFC and NFD', 'ren\u00e9@corp.test', 'rene\u0301@corp.test'],
    ['upper and lower case', 'Mia@Corp.test', 'mia@corp.TEST'],
    ['a zero-width space', 'mia@corp.test', '\u200bmia@corp.test'],
    ['mailto:', 'mia@corp.test', 'mailto:mia@corp.test'],
  ])('is not two in a list because of %s', async (_what, one, other) => {
    const path = await fileOf(folder, `email\n${one}\n${other}\n`)
    for (const door of ['refresh', 'plan --people and --leave-out']) {
      await expect(doors[door]!(path)).rejects.toThrow(/line 3: .* is already on line 2/)
    }
    const rooms = await doors.audit!(await fileOf(folder, `email,roomId\n${one},mia7\n${other},MIA7\n`))
    expect(rooms).toHaveLength(1)
  })
})

describe('a table of any kind', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'ß', '界', '😀', ' ', '"', ',', ';', '\t', '|', '\n', '7'),
    maxLength: 12,
  })
  const record = fc.tuple(cell, cell)

  it('gives the same rows back, with the line that each begins on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 20 }),
        fc.constantFrom(...Object.keys(encodings)),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.nat(3),
        async (records, encoding, lineEnd, delimiter, titles) => {
          const all = [['email', 'a', 'b'], ...records.map(([a, b], n) => [`p${n}@corp.test`, a, b])]
          const above = Array.from({ length: titles }, (_, n) => `Report ${n}`)
          const body = all.map(row => stringify([row], { delimiter, quoted_string: true }).replace(/\n$/, ''))
          const text = [...above, ...body, ''].join('\n').replaceAll('\n', lineEnd)
          const table = await openTable(await openSource(await fileOf(folder, encodings[encoding]!(text))))
          const found: TableRow[] = []
          for await (const row of table.rows()) found.push(row)
          let line = titles + 2
          const expected = records.map(([a, b], n) => {
            const row = { line, cells: [`p${n}@corp.test`, a, b] }
            line += 1 + `${a}${b}`.split('\n').length - 1
            return row
          })
          expect([table.columns.header, found]).toEqual([['email', 'a', 'b'], expected])
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is read in chunks of any size, so that no character and no line end is torn', async () => {
    const text = ['email,name', ...Array.from({ length: 9000 }, (_, n) => `p${n}@corp.test,ä界😀${'x'.repeat(n % 60)}`)]
    for (const encode of [encodings['UTF-8']!, encodings['UTF-16BE']!]) {
      const table = await openTable(await openSource(await fileOf(folder, encode(text.join('\r\n')))))
      let line = 1
      for await (const row of table.rows()) {
        line += 1
        expect(row).toEqual({ line, cells: text[line - 1]!.split(',') })
      }
      expect(line).toBe(9001)
    }
  })
})
