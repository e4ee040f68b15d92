/**
 * The meetings in the personal room of one host, occurrence by occurrence. Webex's answer holds passwords, host keys and
 * access codes; nothing here names them, so nothing can store or print them.
 *
 * Source: List Meetings of developer.webex.com. `scheduledType` is a filter only with `meetingType=scheduledMeeting`; the
 * default window is 7 days and the default page 10; meetings to which the person is only invited are listed, too.
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { readRoomLink } from '../../rooms/room-link.ts'
import type { Call } from './calls.ts'
import { nextPage } from './next-page.ts'
import { describeOddAnswer } from './odd-answer.ts'
import type { Reads, Response } from './reads.ts'

const perPage = 100
/** No host has more than ten thousand occurrences in a window. */
const mostPages = 100
const maxTitle = 256
const maxId = 128

export interface HostMeeting {
  seriesId: string
  title: string
  /** In milliseconds since 1970. */
  startsAt: number
  /** The ID in its link where that is one of a room; else null. */
  linkId: string | null
}

/** `denied`: the target refuses to list them, e.g. with 403. `unclear`: its answers cannot be understood, time and again. */
export type HostMeetings =
  | { meetings: HostMeeting[] }
  | { denied: Response }
  | { unclear: MessageOrText; reached: boolean }

export interface MeetingWindow {
  siteUrl: string
  email: string
  /** From `from` on, and before `to`: milliseconds since 1970. */
  from: number
  to: number
}

const page = Compile(Type.Object({ items: Type.Array(Type.Unknown()) }))
const item = Compile(
  Type.Object({
    meetingSeriesId: Type.String(),
    title: Type.String(),
    start: Type.String(),
    hostEmail: Type.String(),
    webLink: Type.Optional(Type.String()),
    scheduledType: Type.Optional(Type.String()),
  }),
)

/** @throws TargetError where the target puts everybody off */
export async function readHostMeetings(base: string, reads: Reads, window: MeetingWindow): Promise<HostMeetings> {
  const own = parameters(window)
  const asked = new Set<string>()
  const found = new Map<string, HostMeeting>()
  for (let url: string | null = `${base}/meetings?${own}`; url !== null; ) {
    if (asked.has(url)) return unclear(message('meetingsLoop'))
    if (asked.size >= mostPages) return unclear(message('meetingsEndless', { pages: mostPages }))
    asked.add(url)
    const request: Call = { method: 'GET', url }
    const outcome = await reads.attempt(request, ({ status, json }) => status === 200 && page.Check(json))
    if (outcome.kind === 'odd') return unclear(describeOddAnswer(outcome.answer))
    if (outcome.kind === 'failed') return { unclear: outcome.why, reached: outcome.reached }
    const { status, json, headers } = outcome.answer
    if (status !== 200 || !page.Check(json)) return { denied: outcome.answer }
    for (const each of json.items) {
      const meeting = readMeeting(each, window.email)
      if (meeting === undefined) return unclear(message('responseMalformed'))
      if (meeting !== null) found.set(`${meeting.seriesId} ${meeting.startsAt}`, meeting)
    }
    const next = nextPage(headers.get('link'), url)
    if (next === undefined) return unclear(message('meetingsLinkUnreadable'))
    url = next === null ? null : withParameters(next.url, own)
  }
  return { meetings: [...found.values()] }
}

function parameters({ siteUrl, email, from, to }: MeetingWindow): URLSearchParams {
  const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
  return new URLSearchParams({
    hostEmail: email,
    siteUrl,
    meetingType: 'scheduledMeeting',
    scheduledType: 'personalRoomMeeting',
    from: iso(from),
    to: iso(to),
    max: String(perPage),
  })
}

/** Webex's links to next pages forget filters, and would then show other meetings (WebexPythonSDK #168). */
function withParameters(next: string, own: URLSearchParams): string {
  const url = new URL(next)
  for (const [name, value] of own) url.searchParams.set(name, value)
  return url.href
}

/** Null for a meeting that is not in the room of this host; undefined for what cannot be read. */
function readMeeting(entry: unknown, email: string): HostMeeting | null | undefined {
  if (!item.Check(entry)) return undefined
  const { meetingSeriesId, title, start, hostEmail, webLink, scheduledType } = entry
  if (hostEmail.toLowerCase() !== email.toLowerCase()) return null
  const linkId = webLink === undefined ? null : (readRoomLink(webLink)?.roomId ?? null)
  // Where the filter was not applied, others are among them.
  if (scheduledType === undefined ? linkId === null : scheduledType !== 'personalRoomMeeting') return null
  const startsAt = Date.parse(start)
  const shown = title.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').slice(0, maxTitle)
  return Number.isNaN(startsAt)
    ? undefined
    : { seriesId: meetingSeriesId.slice(0, maxId), title: shown, startsAt, linkId }
}

function unclear(why: Message): HostMeetings {
  return { unclear: why, reached: true }
}
