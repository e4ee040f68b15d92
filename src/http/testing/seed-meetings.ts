import { createHash } from 'node:crypto'
import type { MeetingException } from '../../rooms/meeting-times.ts'
import { isOccurrence } from '../../rooms/meeting-times.ts'
import { recurrenceFault } from '../../rooms/recurrence.ts'
import { isTimeZone, readTime } from '../../rooms/time-zone.ts'
import type { NewMeeting } from '../../store/meetings/meetings.ts'
import { findByEmail } from '../../store/people/directory.ts'
import type { Store } from '../../store/store.ts'
import type { Seed } from '../../wire/testing.ts'
import { refuse } from '../plumbing/errors.ts'

type SeedMeeting = NonNullable<NonNullable<Seed['sites']>[number]['meetings']>[number]

/** The meetings of a site's seed, whose hosts have been added. @throws ApiError 400 that says what cannot be */
export async function addSeedMeetings(store: Store, siteId: number, seeds: SeedMeeting[], now: number): Promise<void> {
  const meetings: NewMeeting[] = []
  for (const [index, seed] of seeds.entries()) {
    const [host] = await findByEmail(store.db, [siteId], seed.hostEmail)
    if (host?.roomId == null) throw refuse(400, `Meeting ${index + 1}: ${seed.hostEmail} has no room on the site.`)
    const fault = (reason: string) => refuse(400, `Meeting ${index + 1} of ${seed.hostEmail}: ${reason}`)
    meetings.push({ siteId, person: host.person, ...readMeeting(seed, index, fault) })
  }
  await store.write('addMeetings', { tokenId: 'seed', trackingId: 'seed', now, meetings, onBehalfOf: null })
}

function readMeeting(
  seed: SeedMeeting,
  index: number,
  fault: (reason: string) => Error,
): Omit<NewMeeting, 'siteId' | 'person'> {
  const { timezone = 'UTC', recurrence = null, agenda = null, invitees = [] } = seed
  if (!isTimeZone(timezone)) throw fault('timezone must be one of the IANA database.')
  const wrong = recurrence === null ? undefined : recurrenceFault(recurrence)
  if (wrong !== undefined) throw fault(wrong)
  const read = (text: string) => {
    const time = readTime(text, timezone)
    if (time === undefined) throw fault(`${text} is not a time in ISO 8601.`)
    return time
  }
  const startsAt = read(seed.start)
  const endsAt = read(seed.end)
  if (endsAt <= startsAt) throw fault('it must end after it starts.')
  const exceptions = (seed.exceptions ?? []).map(({ occurrence, start, end, title }): MeetingException => {
    if (start === undefined || end === undefined) return { occurrence: read(occurrence), moved: null }
    return {
      occurrence: read(occurrence),
      moved: { startsAt: read(start), endsAt: read(end), title: title ?? null },
    }
  })
  const times = { startsAt, endsAt, timezone, recurrence, exceptions }
  const astray = exceptions.find(({ occurrence }) => !isOccurrence(times, occurrence))
  if (astray !== undefined) throw fault(`it has no occurrence at ${new Date(astray.occurrence).toISOString()}.`)
  return {
    ...times,
    meetingId: seed.id ?? idOf(seed, index),
    title: seed.title,
    agenda,
    invitees: invitees.map(email => email.toLowerCase()),
  }
}

/** The same for the same seed each time, so that a test can compare. */
function idOf({ hostEmail, title, start }: SeedMeeting, index: number): string {
  const text = [hostEmail.toLowerCase(), title, start, index].join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
