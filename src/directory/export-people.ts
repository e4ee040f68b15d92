import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { render } from '../messages/render.ts'
import { roomLink } from '../rooms/room-id.ts'
import type { DirectoryPerson } from '../store/people/directory.ts'
import { type DirectoryCursor, listPeople } from '../store/people/directory-pages.ts'
import type { Site } from '../store/sites/sites.ts'
import { fromStored } from '../store/stored-message.ts'
import type { Db } from '../store/tables.ts'

const peoplePerRead = 1000

const header = [
  'email',
  'personId',
  'firstName',
  'lastName',
  'displayName',
  'username',
  'department',
  'host',
  'suspended',
  'pinned',
  'personalMeetingRoomId',
  'personalMeetingRoomLink',
]

/** What is known of the reading of each room, on a mirrored site. */
const mirrorHeader = ['readAt', 'unreadReason']

/**
 * Writes everybody on a site as CSV, in the order in which they were added. Cells that a spreadsheet would run as a
 * formula get an apostrophe in front.
 */
export async function exportPeople(db: Db, site: Site, output: Writable): Promise<void> {
  await pipeline(
    rows(db, site),
    stringify({
      header: true,
      columns: isMirrored(site) ? [...header, ...mirrorHeader] : header,
      escape_formulas: true,
    }),
    output,
    // Standard output must stay open.
    { end: output !== process.stdout },
  )
}

async function* rows(db: Db, site: Site): AsyncGenerator<string[]> {
  let after: DirectoryCursor | null = null
  do {
    const page = await listPeople(db, [site.site_id], after, peoplePerRead)
    for (const person of page.people) yield asRow(site, person)
    after = page.next
  } while (after !== null)
}

function asRow(site: Site, person: DirectoryPerson): string[] {
  const yes = (mark: number) => (mark === 1 ? 'yes' : 'no')
  return [
    person.email,
    person.personId,
    person.firstName,
    person.lastName,
    person.displayName,
    person.username ?? '',
    person.department ?? '',
    yes(person.host),
    yes(person.suspended),
    yes(person.pinned),
    person.roomId ?? '',
    person.roomId === null ? '' : roomLink(site.url, person.roomId),
    ...(isMirrored(site) ? asReading(person) : []),
  ]
}

function asReading({ seenAt, unreadReason }: DirectoryPerson): string[] {
  return [
    seenAt === null ? '' : new Date(seenAt).toISOString(),
    unreadReason === null ? '' : render(fromStored(unreadReason)),
  ]
}

function isMirrored({ record_holder }: Site): boolean {
  return record_holder === 'mirrored'
}
