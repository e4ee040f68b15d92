/**
 * Audits one site or several: judges every room, and collects the metrics of the whole. It makes two passes over the
 * rooms, since how guessable a number is depends on the numbers of the others; neither pass holds all rooms in memory.
 */
import { render } from '../../messages/render.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { type Audit, auditFormat, type JudgedRoom } from '../../wire/audit.ts'
import { FirstRoom } from '../attacker/first-room.ts'
import { type KnownIds, readKnownIds, yielding } from '../attacker/known-ids.ts'
import { leaksLogin } from '../attacker/login-leak.ts'
import { type GuessContext, type RoomHolder, webexContext, weigh } from '../guessability.ts'
import { explain } from '../reasons.ts'
import { Ages } from './ages.ts'
import { Classes, Discovery, Strength } from './metrics.ts'
import { WorstRooms } from './worst-rooms.ts'

export interface AuditedRoom extends RoomHolder {
  personId?: string
  roomId: string
  /** When the room took the ID, in milliseconds since 1970. */
  since?: number
  siteUrl?: string
}

/**
 * Begins a pass over the rooms. Called twice where the IDs are not known yet, and must return the same rooms both
 * times.
 */
export type RoomSource = () => Iterable<AuditedRoom> | AsyncIterable<AuditedRoom>

export interface AuditOptions {
  /** Milliseconds since 1970. */
  now: number
  /**
   * The prefix of numbers and random IDs on the site, and how many random characters there are; Webex's own unless
   * given; and what rotations drew.
   */
  rule?: Pick<GuessContext, 'prefix' | 'length' | 'drawn'>
  /** All IDs of the rooms, where they can be read more quickly than by a pass over the rooms. */
  known?: KnownIds
  /** Called and awaited with every room as it is judged. */
  onRoom?: (room: JudgedRoom) => void | Promise<void>
}

export async function auditRooms(
  source: RoomSource,
  { now, rule = webexContext, known, onRoom }: AuditOptions,
): Promise<Audit> {
  const { numbers, sites } = known ?? (await readKnownIds(source()))
  const reused = sites.reused()
  const contexts = new Map(
    sites.siteUrls.map(siteUrl => [
      siteUrl,
      { ...rule, neighboursOf: (key: string) => numbers.neighbours(siteUrl, key) },
    ]),
  )

  const discovery = new Discovery()
  const strength = new Strength()
  const classes = new Classes()
  const ages = new Ages(now)
  const firstRoom = new FirstRoom()
  const worst = new WorstRooms()
  const count = { rooms: 0, leaking: 0, reused: 0 }
  await yielding(source(), ({ rotationId, ...room }) => {
    const { siteUrl = '', roomId } = room
    const key = roomIdKey(roomId)
    const { cost, evidence } = weigh({ ...room, rotationId: rotationId ?? null }, key, contexts.get(siteUrl)!)
    const leaking = leaksLogin(room, key)
    const reusedKey = reused.has(key)
    const judge = () => ({
      ...room,
      ...cost,
      reason: render(explain(evidence)),
      leaksLogin: leaking,
      reused: reusedKey,
    })

    for (const metric of [discovery, strength, classes, firstRoom]) metric.add(cost)
    ages.add(room.since)
    worst.add(room, cost.guesses, judge)
    count.rooms += 1
    if (leaking) count.leaking += 1
    if (reusedKey) count.reused += 1
    return onRoom?.(judge())
  })

  return {
    format: auditFormat,
    auditedAt: new Date(now).toISOString(),
    siteUrls: sites.siteUrls.filter(siteUrl => siteUrl !== ''),
    rooms: count.rooms,
    ...discovery.result(),
    firstRoom: firstRoom.result(),
    ...strength.result(),
    ...classes.result(),
    ...ages.result(),
    loginLeaks: { rooms: count.leaking },
    reuse: { ids: reused.count, rooms: count.reused },
    worst: worst.result(),
  }
}
