/** Invitations as Outlook, Google, Exchange and Webex write them, made here. */
const crlf = (text: string) => text.trim().replace(/\r?\n/g, '\r\n')

/** Folded as RFC 5545 wants it, at 75 octets. */
export function fold(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  const parts = [bytes.subarray(0, 75)]
  for (let at = 75; at < bytes.length; at += 74)
    parts.push(Buffer.concat([Buffer.from(' '), bytes.subarray(at, at + 74)]))
  return parts.map(part => part.toString('latin1')).join('\r\n')
}

interface About {
  link: string
  uid: string
  organizer: string
  title?: string
}

function calendar(producer: string, method: string, lines: string[]): string {
  const zone = ['BEGIN:VTIMEZONE', 'TZID:W. Europe Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T030000']
  const rest = ['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE']
  const head = ['BEGIN:VCALENDAR', `PRODID:${producer}`, 'VERSION:2.0', ...(method ? [`METHOD:${method}`] : [])]
  return `${[...head, ...zone, ...rest, 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].map(fold).join('\r\n')}\r\n`
}

const times = [
  'DTSTART;TZID=W. Europe Standard Time:29990301T090000',
  'DTEND;TZID=W. Europe Standard Time:29990301T100000',
]

/** Escaped text, HTML in X-ALT-DESC, and the link wrapped by Safe Links. */
export function outlook({ link, uid, organizer, title = 'Jour fixe, Öffentlichkeitsarbeit' }: About): string {
  const safe = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05%7C01%7C${'x'.repeat(60)}&reserved=0`
  const html = `<html><body><p>Beitreten: <a href="${safe.replaceAll('&', '&amp;')}">${link}</a></p></body></html>`
  return calendar('-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN', 'REQUEST', [
    'CLASS:PUBLIC',
    'CREATED:20260101T080000Z',
    `DESCRIPTION:Guten Tag\\,\\n\\nbitte hier beitreten: ${link}\\nRaum ${organizer}\\; danke für die Geduld\\, bis dann. Ein längerer Satz\\, der gefaltet wird.\\n`,
    'DTSTAMP:20260101T080000Z',
    ...times,
    'LAST-MODIFIED:20260101T080000Z',
    `LOCATION:${link}`,
    `ORGANIZER;CN="Organizer":mailto:${organizer}`,
    'PRIORITY:5',
    'RRULE:FREQ=WEEKLY;BYDAY=MO',
    'SEQUENCE:3',
    `SUMMARY;LANGUAGE=de:${title.replaceAll(',', '\\,')}`,
    `UID:${uid}`,
    `X-ALT-DESC;FMTTYPE=text/html:${html}`,
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    'ACTION:DISPLAY',
    `DESCRIPTION:Reminder ${link}`,
    'END:VALARM',
  ])
}

/** No method in an export, no SEQUENCE at first, link and address without a scheme. */
export function google({ link, uid, organizer, title = 'Standup' }: About): string {
  const { host, pathname } = new URL(link)
  const sip = `${pathname.split('/').at(-1)}@${host}`
  return calendar('-//Google Inc//Google Calendar 70.9054//EN', '', [
    ...times,
    'DTSTAMP:20260101T080000Z',
    `ORGANIZER;CN=${organizer}:mailto:${organizer}`,
    `UID:${uid}@google.com`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=${organizer};X-NUM-GUESTS=0:mailto:${organizer}`,
    `DESCRIPTION:<a href="https://www.google.com/url?q=${encodeURIComponent(link)}&amp;sa=D">join</a>\\n${host}${pathname}\\n${sip}\\nEnds here: ${link}.`,
    'STATUS:CONFIRMED',
    `SUMMARY:${title}`,
    'TRANSP:OPAQUE',
  ])
}

/** As a mail with a quoted-printable HTML part, and the calendar in base64. */
export function exchange(about: About): string {
  const calendarPart = Buffer.from(outlook(about), 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n')
  const html = `<p>Join <a href=3D"${about.link.replace(/(.{30})/, '$1=\r\n')}">the room</a></p>`
  return `${crlf(`
From: ${about.organizer}
To: everybody@example.com
Subject: =?utf-8?B?${Buffer.from(about.title ?? 'Termin').toString('base64')}?=
Date: Thu, 01 Jan 2026 08:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_b"

--=_b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

HTML
--=_b
Content-Type: text/calendar; charset="utf-8"; method=REQUEST
Content-Transfer-Encoding: base64

CALENDAR
--=_b--`)
    .replace('HTML', html)
    .replace('CALENDAR', calendarPart)}\r\n`
}

/** `/join/` and the site's name in the path, and the SIP address. */
export function webex({ link, uid, organizer, title = 'Personal room meeting' }: About): string {
  const { host, pathname } = new URL(link)
  const id = pathname.split('/').at(-1)
  const joined = `https://${host}/${host.split('.')[0]}/join/${id}`
  return calendar('-//Cisco Systems//Webex//EN', 'REQUEST', [
    ...times,
    'DTSTAMP:20260101T080000Z',
    `ORGANIZER;CN="Webex":MAILTO:${organizer}`,
    'SEQUENCE:1767254400',
    `UID:${uid}`,
    `LOCATION:${joined}`,
    `DESCRIPTION:\\n\\nJoin: ${joined}\\nVideo address\\n${id}@${host}\\nsip:${id}@${host}\\n`,
    `SUMMARY:${title}`,
  ])
}
