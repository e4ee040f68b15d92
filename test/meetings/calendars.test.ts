import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Found } from '#roomkey/meetings/calendars/found.js'
import { OldLinks } from '#roomkey/meetings/calendars/old-links.js'
import { scanFiles } from '#roomkey/meetings/calendars/scan-files.js'
import { scanIcs } from '#roomkey/meetings/calendars/scan-ics.js'
import { exchange, fold, google, outlook, webex } from './invitations.ts'

const site = 'example.webex.com'
const link = (id: string) => `https://${site}/meet/${id}`
const links = new OldLinks(
  site,
  new Map([
    ['john', { oldId: 'john', newId: 'pr7xq2' }],
    ['ann.lee', { oldId: 'ann.lee', newId: 'prAnn' }],
    ['later', { oldId: 'later', newId: null }],
  ]),
)
const unread: string[] = []
const scan = {
  now: new Date('2026-03-01T12:00:00Z'),
  past: false,
  onLooked: () => undefined,
  onUnread: (place: string, why: string) => unread.push(`${place}: ${why}`),
}

async function all(found: AsyncIterable<Found>): Promise<Found[]> {
  const list: Found[] = []
  for await (const one of found) list.push(one)
  return list
}
const inIcs = (text: string) => all(scanIcs('x.ics', [text], links, scan))

describe('old links in text', () => {
  it.each([
    [`see ${link('john')}.`, ['john']],
    [`${link('JOHN')}?x=1`, ['john']],
    [`https://${site}/example/join/john/`, ['john']],
    [`${site}/meet/john`, ['john']],
    ['sip:john@example.webex.com', ['john']],
    [`\\njohn@${site}\\n${site}/meet/ann.lee\\n`, ['john', 'ann.lee']],
    [`q=https%3A%2F%2F${site}%2Fmeet%2Fjohn%3Fx`, ['john']],
    [link('john.andersen'), []],
    [link('johnny'), []],
    [link('ann'), []],
    [`https://other${site}/meet/john`, []],
    ['https://other.webex.com/meet/john', []],
    [`https://${site}.evil.test/meet/john`, []],
    [`john@${site}.evil.test`, []],
    [`x.john@${site}`, []],
    [`https://${site}/meeting/john`, []],
  ])('%s', (text, ids) => {
    expect(links.find(text).map(({ oldId }) => oldId)).toEqual(ids)
  })

  it('keeps what surrounds an ID, and what has no new one', () => {
    expect(links.replace(`${link('john')}. https://${site}/x/join/Ann.Lee?a ${link('later')}`)).toBe(
      `${link('pr7xq2')}. https://${site}/x/join/prAnn?a ${link('later')}`,
    )
  })
})

describe('invitations', () => {
  const about = { link: link('john'), uid: 'uid-1', organizer: 'john@example.com' }
  const makers = { outlook, google, webex }

  it.each(Object.entries(makers))('of %s: every old link is found, and none is left', async (_, make) => {
    const [found] = await inIcs(make(about))
    expect(found).toMatchObject({ organizer: 'john@example.com', source: 'ics' })
    const rewritten = found!.rewrite!()
    expect(await inIcs(rewritten)).toEqual([])
    expect(unfolded(rewritten)).not.toMatch(/meet(\/|%2F)john|join\/john|john@example\.webex|safelinks/)
    expect(rewritten).toContain('METHOD:REQUEST')
  })

  it.each(Object.entries(makers))('of %s: none of another room is found', async (_, make) => {
    expect(await inIcs(make({ ...about, link: link('john.andersen'), organizer: 'x@example.com' }))).toEqual([])
  })

  it('are told with organiser, title and series; what is over or cancelled is not', async () => {
    const [found] = await inIcs(outlook(about))
    expect(found).toMatchObject({ title: 'Jour fixe, Öffentlichkeitsarbeit', isSeries: true, uid: 'uid-1' })
    expect(found!.links.map(({ kind }) => kind)).toEqual(['link', 'link', 'safeLink', 'link', 'link'])
    expect(await inIcs(google(about).replaceAll('29990301', '20200301'))).toEqual([])
    expect(await inIcs(google(about).replace('CONFIRMED', 'CANCELLED'))).toEqual([])
  })

  it('are folded between characters', async () => {
    const text = outlook({ ...about, title: 'x'.repeat(200) }).replace(
      'DTSTAMP',
      `${fold(`COMMENT:${'ö'.repeat(90)} ${link('john')}`)}\r\nDTSTAMP`,
    )
    const [found] = await inIcs(text)
    const lines = found!.rewrite!().split('\r\n')
    const comment = lines.slice(lines.findIndex(line => line.startsWith('COMMENT')))
    for (const line of comment.slice(0, 3)) expect(Buffer.from(line, 'latin1').toString('utf8')).not.toContain('\ufffd')
  })

  it('cannot be rewritten while the new link is not known', async () => {
    expect(await inIcs(webex({ ...about, link: link('later') }))).toMatchObject([{ rewrite: null }])
  })

  it('rewritten, differ in links, SEQUENCE and DTSTAMP alone', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 80 }).map(text => text.replace(/[\p{Cc}\\;,]/gu, ' '))
    const value = fc.tuple(words, fc.constantFrom(link('john'), `john@${site}`, link('john.andersen'), ''), words)
    const property = fc.tuple(fc.constantFrom('COMMENT', 'LOCATION', 'X-NOTE;X-P="a:b"', 'DESCRIPTION'), value)
    await fc.assert(
      fc.asyncProperty(
        fc.array(property, { maxLength: 6 }),
        fc.constantFrom(outlook, google, webex),
        async (more, make) => {
          const lines = more.map(([name, parts]) => `${fold(`${name}:${parts.join(' ')}`)}\r\n`)
          const before = make(about).replace('DTSTAMP', `${lines.join('')}DTSTAMP`)
          const [found] = await inIcs(before)
          const after = found!.rewrite!()
          const [was, is] = [properties(before), properties(after)]
          const withoutNew = is.filter(([name]) => name !== 'sequence' || was.some(([each]) => each === 'sequence'))
          expect(withoutNew.map(([name]) => name)).toEqual(was.map(([name]) => name))
          for (const [index, [name, text]] of was.entries()) {
            const now = withoutNew[index]![1]
            if (name === 'dtstamp') expect(now).toContain('2026-03-01T12:00:00Z')
            else if (name === 'sequence') expect(JSON.parse(now)[3]).toBe(JSON.parse(text)[3] + 1)
            else expect(now).toBe(name === 'organizer' || name === 'attendee' ? text : links.replace(text))
          }
          // Lines that did not change are the same bytes.
          const same = before.split('\r\n').filter(line => /^(UID|SUMMARY|DTSTART|RRULE|ATTENDEE|BEGIN|TZ)/.test(line))
          for (const line of same) expect(after.split('\r\n')).toContain(line)
          expect(after.split('\r\n').every(line => line.length <= 75)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('files', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'calendars-'))
    mkdirSync(join(folder, 'mail'))
    const about = { link: link('john'), uid: 'uid-1', organizer: 'john@example.com' }
    const other = { ...about, link: link('john.andersen'), uid: 'uid-2', organizer: 'x@example.com' }
    writeFileSync(join(folder, 'a.ics'), Buffer.from(outlook(about) + google(other) + webex(about), 'latin1'))
    writeFileSync(join(folder, 'mail', 'b.eml'), Buffer.from(exchange(about), 'latin1'))
    const plain = `From: me@example.com\r\nSubject: come\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nhttps://example.webex.com/me=\r\net/ann.lee\r\n`
    const box = [exchange(other), plain, exchange(about)].map(mail => `From x Thu Jan  1 08:00:00 2026\r\n${mail}\r\n`)
    writeFileSync(join(folder, 'mail', 'c.mbox'), Buffer.from(box.join(''), 'latin1'))
    const rows = [`"Termin","1.3.2999","${link('john')}","john"`, `"anderer","1.3.2999","${link('johnny')}","x"`]
    writeFileSync(
      join(folder, 'd.csv'),
      `\ufeff"Betreff","Beginnt am","Ort","Besprechungsplanung"\r\n${rows.join('\r\n')}`,
    )
    const event = (id: string) => ({
      subject: 'sync',
      start: { dateTime: '2999-03-01T09:00:00.0000000' },
      end: { dateTime: '2999-03-01T10:00:00.0000000' },
      organizer: { emailAddress: { address: 'john@example.com' } },
      type: 'occurrence',
      body: { contentType: 'html', content: `<a href="${link(id)}">join</a>` },
    })
    writeFileSync(join(folder, 'e.json'), JSON.stringify({ value: [event('john'), event('johnny')] }))
    writeFileSync(join(folder, 'f.bin'), 'nothing')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('of every kind are read, in folders, too', async () => {
    unread.length = 0
    const found = await all(scanFiles([folder], links, scan))
    const seen = found.map(({ place, source, organizer, title }) => [
      place.slice(folder.length + 1),
      source,
      organizer,
      title,
    ])
    expect(seen).toEqual([
      ['a.ics', 'ics', 'john@example.com', 'Jour fixe, Öffentlichkeitsarbeit'],
      ['a.ics', 'ics', 'john@example.com', 'Personal room meeting'],
      ['d.csv', 'csv', 'john', 'Termin'],
      ['e.json', 'graph', 'john@example.com', 'sync'],
      ['mail/b.eml', 'ics', 'john@example.com', 'Jour fixe, Öffentlichkeitsarbeit'],
      ['mail/c.mbox, message 2', 'mail', 'me@example.com', 'come'],
      ['mail/c.mbox, message 3', 'ics', 'john@example.com', 'Jour fixe, Öffentlichkeitsarbeit'],
    ])
    expect(unread).toEqual([expect.stringContaining('f.bin: it is neither')])
  })

  it('are not changed', () => {
    expect(readdirSync(folder).sort()).toEqual(['a.ics', 'd.csv', 'e.json', 'f.bin', 'mail'])
    expect(readFileSync(join(folder, 'a.ics'), 'latin1')).toContain('/meet/john')
  })
})

function unfolded(text: string): string {
  return text.replace(/\r\n[ \t]/g, '')
}

/** Every property of the event, by ical.js, as its name and JSON; those of alarms, too. */
function properties(text: string): [string, string][] {
  const component = new ICAL.Component(ICAL.parse(Buffer.from(unfolded(text), 'latin1').toString('utf8')))
  const event = component.getFirstSubcomponent('vevent')!
  const inner = event.getAllSubcomponents().flatMap(each => each.getAllProperties())
  return [...event.getAllProperties(), ...inner].map(each => [each.name, JSON.stringify(each.toJSON())])
}
