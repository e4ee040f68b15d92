/** The meetings of the demo site, in the rooms of its first people: the same every time, from a given day on. */
import { createHash } from 'node:crypto'
import type { NewMeeting } from '../store/meetings/meetings.ts'
import { dayMs } from '../time.ts'
import { seededChance } from './chance.ts'

const hourMs = 60 * 60 * 1000
const seed = 24
const shareWithMeetings = 0.3

const kinds = [
  { title: 'Weekly team meeting', recurrence: 'FREQ=WEEKLY;INTERVAL=1', hours: 1, guests: 5 },
  { title: 'Daily stand-up', recurrence: 'FREQ=DAILY;INTERVAL=1;COUNT=365', hours: 0.25, guests: 4 },
  { title: 'One to one', recurrence: 'FREQ=WEEKLY;INTERVAL=2', hours: 0.5, guests: 1 },
  { title: 'Budget review', recurrence: 'FREQ=MONTHLY;INTERVAL=1;COUNT=12', hours: 2, guests: 3 },
  { title: 'Interview', recurrence: null, hours: 1, guests: 2 },
  { title: 'Project kick-off', recurrence: null, hours: 1.5, guests: 6 },
] as const

/** Some of these hosts have meetings, and invite each other. @param hosts with their numbers on the site */
export function demoMeetings(hosts: { person: number; email: string }[], siteId: number, now: number): NewMeeting[] {
  const chance = seededChance(seed)
  const today = Math.floor(now / dayMs) * dayMs
  return hosts.flatMap((host, index) => {
    // The first one is who the demo signs in as.
    if (index > 0 && !chance.happens(shareWithMeetings)) return []
    return Array.from({ length: 1 + chance.below(3) }, (_, number): NewMeeting => {
      const kind = chance.pick(kinds)
      const startsAt = today + (1 + chance.below(20)) * dayMs + (7 + chance.below(9)) * hourMs
      const invitees = Array.from({ length: kind.guests }, () => chance.pick(hosts).email)
      return {
        siteId,
        meetingId: createHash('sha256').update(`${host.email} ${number}`).digest('hex').slice(0, 32),
        person: host.person,
        title: kind.title,
        agenda: null,
        timezone: 'UTC',
        startsAt,
        endsAt: startsAt + kind.hours * hourMs,
        recurrence: kind.recurrence,
        exceptions: [],
        invitees: [...new Set(invitees)].filter(email => email !== host.email),
      }
    })
  })
}
