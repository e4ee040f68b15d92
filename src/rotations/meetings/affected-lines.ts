/** The meetings that carry an old link, line by line: for tables, JSON and the API. */
import { render } from '../../messages/render.ts'
import { roomIdKey, roomLink } from '../../rooms/room-id.ts'
import { type AffectedHost, type AffectedMeeting, affectedHosts } from '../../store/meetings/affected.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Db } from '../../store/tables.ts'

/**
 * yes: it was there before the room was changed, or still shows the old link, so its invitations have that link.
 * perhaps: it was first read after the change, and Webex does not say when a meeting was made.
 */
export type CarriesOldLink = 'yes' | 'perhaps'

export interface AffectedLine {
  email: string
  name: string
  title: string
  /** `single` has one occurrence within what was read. */
  kind: 'series' | 'single'
  /** ISO 8601 in UTC: the next occurrence from the reading on, and the last within it. */
  next: string
  last: string
  occurrences: number
  oldLink: string
  /** Empty where nobody knows it yet. */
  newLink: string
  carriesOldLink: CarriesOldLink
  meetingSeriesId: string
}

export interface AffectedHostLines {
  email: string
  name: string
  occurrences: number
  readAt: string
  until: string
  /** Why the meetings of this host could not be read; empty where they were. */
  unread: string
  meetings: AffectedLine[]
}

/** Page by page, hosts with the most occurrences first; those whose meetings could not be read are among them. */
export async function* eachAffectedHost(db: Db, key: RotationKey, siteUrl: string): AsyncGenerator<AffectedHostLines> {
  const limit = 200
  let after: { occurrences: number; number: number } | null = null
  for (;;) {
    const hosts: AffectedHost[] = await affectedHosts(db, key, { after, limit })
    for (const host of hosts) yield hostLines(host, siteUrl)
    const last = hosts.at(-1)
    if (last === undefined || hosts.length < limit) return
    after = last
  }
}

export function hostLines(host: AffectedHost, siteUrl: string): AffectedHostLines {
  const { email, name, occurrences, readAt, until, reason, meetings } = host
  return {
    email,
    name,
    occurrences,
    readAt: new Date(readAt).toISOString(),
    until: new Date(until).toISOString(),
    unread: reason === null ? '' : render(reason),
    meetings: meetings.map(meeting => lineOf(host, meeting, siteUrl)),
  }
}

function lineOf({ email, name, oldId, newId }: AffectedHost, meeting: AffectedMeeting, siteUrl: string): AffectedLine {
  const link = (id: string | null) => (id === null ? '' : roomLink(siteUrl, id))
  const showsOld = meeting.link_id !== null && oldId !== null && roomIdKey(meeting.link_id) === roomIdKey(oldId)
  return {
    email,
    name,
    title: meeting.title,
    kind: meeting.occurrences > 1 ? 'series' : 'single',
    next: new Date(meeting.first_at).toISOString(),
    last: new Date(meeting.last_at).toISOString(),
    occurrences: meeting.occurrences,
    oldLink: link(oldId),
    newLink: link(newId),
    carriesOldLink: meeting.seen_before === 1 || showsOld ? 'yes' : 'perhaps',
    meetingSeriesId: meeting.series_id,
  }
}
