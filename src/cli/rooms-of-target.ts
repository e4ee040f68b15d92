import type { AuditedRoom } from '../guessability/site-report/audit-rooms.ts'
import { render } from '../messages/render.ts'
import { concurrently } from '../rotations/planning/concurrently.ts'
import { readRooms } from '../rotations/planning/read-rooms.ts'
import { whyNoRoom } from '../rotations/target/read-person.ts'
import type { StoreOptions } from './options/local-store.ts'
import type { PaceOptions } from './options/pace-options.ts'
import { connectTarget, profileOf } from './options/target-route.ts'
import { showCount } from './output/show-progress.ts'

/** How many rooms are read concurrently: enough to hide a target's latency. */
const readers = 8

/**
 * Every host's room on a site of a target. They are kept in memory, since each may cost a call and an audit needs them
 * twice.
 */
export async function roomsOfTarget(
  url: string,
  siteUrl: string,
  options: StoreOptions & PaceOptions,
): Promise<AuditedRoom[]> {
  const { client } = connectTarget(url, options)
  const progress = showCount('rooms read')
  const rooms: AuditedRoom[] = []
  const lines: string[] = []
  try {
    const readRoom = await readRooms(client, siteUrl, profileOf(url))
    for await (const people of client.people()) {
      const hosts = people.filter(
        ({ sites, pending, email }) => sites.get(siteUrl) === 'host' && !pending && email !== '',
      )
      const readings = await concurrently(hosts, readers, ({ personId, email }) =>
        readRoom({ personId, email, ids: null }),
      )
      for (const { fault, email } of people) if (fault) lines.push(`${email || 'somebody'}: ${render(fault)}`)
      for (const [index, { email, firstName, lastName }] of hosts.entries()) {
        const reading = readings[index]!
        if ('unclear' in reading) lines.push(`${email}: ${render(whyNoRoom(reading))}`)
        if ('roomId' in reading)
          rooms.push({ email, firstName, lastName, username: null, roomId: reading.roomId, siteUrl })
      }
      progress.count(rooms.length)
    }
  } finally {
    progress.end()
  }
  for (const line of [...client.notes().map(note => render(note)), ...lines]) process.stderr.write(`${line}\n`)
  return rooms
}
