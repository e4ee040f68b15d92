import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '#roomkey/directory/files/bytes/table-source.js'
import { openTable } from '#roomkey/directory/files/read-table.js'
import { roomsOfTable } from '#roomkey/directory/files/rooms-of-table.js'
import { openRoomCsv } from '#roomkey/guessability/csv/write-rooms-csv.js'
import { renderAuditHtml, renderComparisonHtml } from '#roomkey/guessability/render/render-html.js'
import { renderAuditText, renderComparisonText } from '#roomkey/guessability/render/render-text.js'
import { type AuditedRoom, auditRooms } from '#roomkey/guessability/site-report/audit-rooms.js'
import { compareAudits } from '#roomkey/guessability/site-report/compare-audits.js'
import { readAudit } from '#roomkey/guessability/site-report/read-audit.js'

const now = Date.parse('2026-03-02T10:00:00Z')
const hostile: AuditedRoom = {
  email: '"<img src=x>"@example.com',
  firstName: '<script>alert(1)</script>',
  lastName: '=HYPERLINK("http://evil.example")',
  username: null,
  roomId: 'imgsrcx',
  since: Date.parse('2024-03-02T10:00:00Z'),
  siteUrl: "example.webex.com'><marquee>",
}
const ann = {
  email: 'ann.lee@example.com',
  firstName: 'Ann',
  lastName: 'Lee',
  username: null,
  siteUrl: 'example.webex.com',
}

const before = await auditRooms(() => [hostile, { ...ann, roomId: 'ann.lee' }, { ...ann, roomId: 'alee' }], { now })
const after = await auditRooms(
  () => [
    { ...ann, roomId: 'prk3j9x2mq7vab' },
    { ...ann, roomId: 'pr8v0c1lw5tyzd' },
  ],
  { now },
)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roomkey-audit-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the page of an audit', () => {
  it.each([
    ['audit', renderAuditHtml(before)],
    ['comparison', renderComparisonHtml(compareAudits(before, after))],
  ])('%s: is self-contained, has both charts with their tables, and turns no foreign text into markup', (_, page) => {
    expect(page).not.toMatch(/<script|<img|<marquee|onerror/)
    expect(page).not.toMatch(/<[^>]+(src|href)=/)
    expect(page.match(/<svg/g)).toHaveLength(2)
    expect(page).toContain('prefers-color-scheme: dark')
    for (const heading of ['Bits', 'At 10 a second', 'Age of the ID']) expect(page).toContain(`>${heading}</th>`)
  })

  it('shows hostile text as text', () => {
    const page = renderAuditHtml(before)
    expect(page).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>')
    expect(page).toContain('example.webex.com&#39;&gt;&lt;marquee&gt;')
  })

  it('says in one sentence what an outsider finds', () => {
    expect(renderAuditHtml(before)).toContain(
      'Anyone with the staff directory finds 100% of the rooms within 10 guesses per person.',
    )
    expect(renderAuditHtml(after)).toContain('The directory gives nothing away')
  })
})

describe('the audit on a terminal', () => {
  it('has the metrics, the classes and the worst rooms', () => {
    const text = renderAuditText(before)
    expect(text).toContain('Found within 10 guesses per person         3 (100%)')
    expect(text).toMatch(/E-mail prefix +2 +66\.7% +█+/)
    expect(text).toMatch(/ann\.lee@example\.com +ann\.lee +1 +E-mail prefix/)
    expect(text).toContain('Rooms whose ID another site also has       none')
  })

  it('lets no name control the terminal', async () => {
    const sneaky = { ...ann, email: 'a\u001b[2Jb@example.com', roomId: 'x\u202ey' }
    const text = renderAuditText(await auditRooms(() => [sneaky], { now }))
    expect(text).toContain('a�[2Jb@example.com')
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
  })

  it('shows before and after side by side', () => {
    const text = renderComparisonText(compareAudits(before, after))
    expect(text).toMatch(/Found within 1,000,000 guesses per person +3 \(100%\) +none/)
    expect(text).toMatch(/Rooms +3 +2/)
  })
})

describe('an audit in JSON', () => {
  it('round-trips', () => {
    expect(readAudit(JSON.stringify(before), 'before.json')).toEqual(before)
  })

  it.each(['{', '{}', '[]', JSON.stringify({ ...before, format: 'roomkey-audit-9' })])(
    'is refused when it is %s',
    text => {
      expect(() => readAudit(text, 'before.json')).toThrow(
        'before.json is not an audit in JSON: write one with "roomkey audit --json" and give that file.',
      )
    },
  )
})

describe('the rooms as CSV', () => {
  it('hold every room once, and no cell that a spreadsheet would run', async () => {
    const file = join(folder, 'rooms.csv')
    const csv = openRoomCsv(createWriteStream(file))
    await auditRooms(() => [hostile, { ...ann, roomId: 'ann.lee' }], { now, onRoom: room => csv.add(room) })
    await csv.end()
    const [header, first, second, ...rest] = (await readFile(file, 'utf8')).split('\n')
    expect(header).toMatch(/^\ufeffsiteUrl,email,firstName,lastName,personalMeetingRoomId,class,rank,bits,/)
    expect(first).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(second).toContain('example.webex.com,ann.lee@example.com,Ann,Lee,ann.lee,emailPrefix,1,0.0,')
    expect(rest).toEqual([''])
  })
})

describe('people and links from a CSV', () => {
  const read = async (content: string | Buffer) => {
    const file = join(folder, 'people.csv')
    await writeFile(file, content)
    const rooms: AuditedRoom[] = []
    const table = await openTable(await openSource(file))
    for await (const room of roomsOfTable(table).source()) rooms.push(room)
    return rooms
  }

  it('are read by the header names of directories', async () => {
    const rooms = await read(
      'First Name;Last Name;User ID/Email (Required);Personal Meeting Room Link;Changed\n' +
        'Ann;Lee;ann.lee@example.com;https://example.webex.com/meet/alee;2024-05-01T00:00:00Z\n' +
        'Bob;Ray;bob@example.com;;\n',
    )
    const since = Date.parse('2024-05-01')
    expect(rooms).toEqual([{ ...ann, roomId: 'alee', since }])
  })

  it('say which IDs no room can have, and why', async () => {
    const file = join(folder, 'people.csv')
    await writeFile(file, 'email,personalMeetingRoomId\nann.lee@example.com,1234\n')
    const { source, notes } = roomsOfTable(await openTable(await openSource(file)))
    for await (const _ of source());
    expect(notes).toEqual([
      '1 cannot be the ID of a room, and is judged as written:\n' +
        '  line 2: "1234". Personal meeting room ID must contain at least one letter.',
    ])
  })

  it('are read from UTF-16 with tabs, as spreadsheets write them', async () => {
    const text = 'displayName\tmail\tlogin\tpersonalMeetingRoomId\r\n"Lee, Änn"\tann.lee@example.com\talee\tprx\r\n'
    const rooms = await read(Buffer.from(`\ufeff${text}`, 'utf16le'))
    expect(rooms).toEqual([
      { email: 'ann.lee@example.com', firstName: 'Änn', lastName: 'Lee', username: 'alee', roomId: 'prx' },
    ])
  })

  it('are refused in one sentence when there is no such file', async () => {
    await expect(openSource(join(folder, 'none.csv'))).rejects.toThrow(
      /^Cannot read .*none\.csv: there is no such file or folder/,
    )
  })

  it.each([
    ['name,link\n', 'has no column with e-mail addresses; it has "name", "link". Name one of them email.'],
    [
      'email,name\n',
      'has no column with room IDs or links; name one of its columns personalMeetingRoomId or personalMeetingRoomLink.',
    ],
    ['email,link\na@b.c,hello\n', 'line 2: "hello" is not the link of a personal room; fix or empty the cell.'],
    ['email,room id\na@b.c,x\nann,y\n', 'line 3: "ann" is not an e-mail address.'],
    ['email,room id\n"a@b.c,x\n', 'a cell begins with a quote'],
    ['email,room id,since\na@b.c,x,01/02/2026\n', '"01/02/2026" is not a date'],
    ['email,room id,since\na@b.c,x,2026-02-30\n', '"2026-02-30" is not a date'],
    [
      'email,room id,since\na@b.c,x,soon\n',
      'line 2: "soon" is not a date of ISO 8601; write it like 2026-03-02 or 2026-03-02T10:00:00Z.',
    ],
  ])('are refused in one sentence: %j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message)
  })
})
