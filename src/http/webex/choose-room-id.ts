/**
 * Self-service: a host gives their own room another ID. It is a batch refresh of one, after the checks that only
 * self-service makes.
 */
import { guessability } from '../../guessability/guessability.ts'
import { message } from '../../messages/message.ts'
import { roomIdFault, roomIdKey, roomLink } from '../../rooms/room-id.ts'
import type { DirectoryPerson } from '../../store/people/directory.ts'
import type { Site } from '../../store/sites/sites.ts'
import { refuseMirrored } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { refusedBatch } from './refresh-refusals.ts'

interface Choice {
  site: Site
  person: DirectoryPerson
  id: string
  tokenId: string
  trackingId: string
}

/** The ID at the end of a link to this site. @throws ApiError 400 for any other link. */
export function readRoomLink(site: Site, link: string): string {
  const start = roomLink(site.url, '')
  if (link.slice(0, start.length).toLowerCase() !== start.toLowerCase()) {
    throw refuse(400, `personalMeetingRoomLink must begin with ${start}.`)
  }
  return link.slice(start.length)
}

/**
 * Gives the room an ID of its host's choice, and returns it.
 * @throws ApiError 403 where the site does not let hosts choose; 400 for an ID that is too easy to guess, or that the
 * batch refuses.
 */
export async function chooseRoomId(
  { app, store }: Api,
  { site, person, id, tokenId, trackingId }: Choice,
): Promise<string> {
  if (person.roomId !== null && roomIdKey(id) === roomIdKey(person.roomId)) return person.roomId
  refuseMirrored(site)
  if (site.allow_custom_url === 0) throw refuse(403, 'This site does not let hosts choose their own room ID.')
  if (roomIdFault(id) === undefined) refuseGuessable(site, person, id)

  const outcome = await store.refreshRooms({
    siteId: site.site_id,
    by: 'personId',
    items: [{ address: person.personId, id }],
    tokenId,
    trackingId,
    now: app.clock.now(),
    rotationId: null,
    idempotency: null,
  })
  switch (outcome.outcome) {
    case 'refreshed':
      return outcome.rooms[0]!.id
    case 'refused':
      throw refusedBatch(outcome.refusals, 'personId')
    case 'siteLocked':
      throw refuse(423, message('siteRotated'), {
        'retry-after': String(outcome.retryAfterSeconds),
      })
    case 'keyReused':
      throw new Error('A call without Idempotency-Key cannot have reused one.')
  }
}

function refuseGuessable(site: Site, person: DirectoryPerson, id: string): void {
  const { bits, reason } = guessability(person, id, { prefix: site.id_prefix, length: site.id_length })
  if (bits >= site.minimum_strength) return
  throw refuse(400, message('idTooGuessable', { bits: site.minimum_strength, reason }))
}
