/** What was read of rooms becomes their history. */
import { sql } from 'kysely'
import type { MessageOrText } from '../../messages/message.ts'
import { judgeObservations, type KnownKey, type Observation } from '../../rooms/observed-rooms.ts'
import { failedPlace, isWeak, readPlace, unreadPlace } from '../../rooms/reading-order.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { insertBatch, keyStates, type NewClaim } from '../refresh/changes.ts'
import { toStored } from '../stored-message.ts'
import type { Db } from '../tables.ts'
import { type KnownPersonsRoom, knownRooms } from './known-rooms.ts'
import { holdSync, type Reader, setSync } from './sync-state.ts'

/** The token ID of changes that were read, and not made, by Roomkey. */
export const mirrorTokenId = 'mirror'

export type Reading = { person: number; at: number } & (
  | { id: string /** What the ID costs an attacker. */; bits: number }
  | { failed: MessageOrText }
)

export interface Readings extends Reader, Recorded {}

export interface Recorded {
  siteId: number
  now: number
  trackingId: string
  readings: Reading[]
  /** How long a reading may show what was there before a change, in milliseconds. */
  settleMs: number
  /** Who has given these IDs by a rotation from here; absent for what was read. */
  given?: { tokenId: string; rotationId: string }
}

/** What came of readings. */
export interface SavedReadings {
  read: number
  failed: number
  /** Rooms that carry another ID than they were last seen with, or have given theirs up. */
  changed: number
  /** Rooms whose reading is not believed, with the ID that holds: it may be of before a change that is known. */
  doubted: { person: number; id: string | null }[]
}

/** Saves what was read. Undefined where another process reads the site by now. */
export async function saveReadings(db: Db, readings: Readings): Promise<SavedReadings | undefined> {
  if (!(await holdSync(db, readings))) return undefined
  const saved = await recordReadings(db, readings)
  await setSync(db, readings.siteId, { last_read_at: readings.now })
  return saved
}

/** The same in the transaction of a caller that holds the lease. People who are gone by now are passed over. */
export async function recordReadings(db: Db, recorded: Recorded): Promise<SavedReadings> {
  const { siteId, trackingId, readings, settleMs, now, given } = recorded
  const people = readings.map(({ person }) => person)
  const present = await knownRooms(db, siteId, people)
  const valid = readings.filter(({ person }) => present.has(person))
  const observations = valid.flatMap(reading => ('id' in reading ? [reading] : []))
  const keys = await knownKeys(db, siteId, observations)
  const holders = [...keys.values()].map(({ holder }) => holder).filter(holder => !present.has(holder))
  const rooms = new Map([...present, ...(await knownRooms(db, siteId, holders, true))])
  const { claims, seen, again } = judgeObservations(observations, rooms, keys, settleMs)

  // Never before the newest change of the site, even if the clock was set back.
  const at = Math.max(now, await newestTime(db, siteId))
  const origin = given === undefined ? ('observed' as const) : null
  const change = { siteId, tokenId: mirrorTokenId, trackingId, now: at, origin, ...given }
  const first = claims.filter(claim => claim.first)
  const later = claims.filter(claim => !claim.first)
  if (first.length > 0) await insertBatch(db, { ...change, quiet: true }, first.map(asClaim))
  if (later.length > 0) await insertBatch(db, change, later.map(asClaim))

  const bits = new Map(observations.map(reading => [reading.person, reading.bits]))
  for (const { person, id } of later) {
    if (id !== null && given === undefined)
      await recordChange(db, change, { room: rooms.get(person)!, id, bits: bits.get(person)! })
  }
  await markSeen(
    db,
    siteId,
    seen.map(({ person, at }) => ({ person, at, place: readPlace(at, bits.get(person)!) })),
  )
  for (const { person, due, void: isVoid } of again) {
    await db
      .updateTable('person')
      .set({ read_due: due, ...(isVoid ? { seen_at: null, read_place: unreadPlace(0) } : {}) })
      .where('site_id', '=', siteId)
      .where('person', '=', person)
      .execute()
  }
  const failures = valid.flatMap(reading => ('failed' in reading ? [reading] : []))
  for (const { person, at, failed } of failures) {
    await db
      .updateTable('person')
      .set({ read_place: failedPlace(at), read_due: null, unread_reason: toStored(failed) })
      .where('site_id', '=', siteId)
      .where('person', '=', person)
      .execute()
  }
  const doubted = again.filter(one => !one.void).map(({ person }) => ({ person, id: rooms.get(person)!.currentId }))
  return { read: seen.length, failed: failures.length, changed: later.length, doubted }
}

/** A room that was changed by its host or by somebody else, for the audit log. */
async function recordChange(
  db: Db,
  change: Actor & { siteId: number },
  { room, id, bits }: { room: KnownPersonsRoom; id: string; bits: number },
): Promise<void> {
  const { personId, email, currentId, previousId } = room
  await insertAuditEvent(db, change, {
    siteId: change.siteId,
    action: isWeak(bits) ? 'room.guessableElsewhere' : 'room.changedElsewhere',
    subject: email,
    detail: { personId, old: currentId ?? previousId, new: id },
  })
}

function asClaim({ first: _, ...claim }: NewClaim & { first: boolean }): NewClaim {
  return claim
}

/** Rows per statement: under every engine's limit of parameters. */
const rowsPerUpdate = 1000

async function markSeen(db: Db, siteId: number, seen: { person: number; at: number; place: number }[]): Promise<void> {
  for (let start = 0; start < seen.length; start += rowsPerUpdate) {
    const rows = seen
      .slice(start, start + rowsPerUpdate)
      .map(({ person, at, place }) => sql`(cast(${person} as bigint), cast(${at} as bigint), cast(${place} as bigint))`)
    await sql`
      with seen (person, at, place) as (values ${sql.join(rows)})
      update person set seen_at = seen.at, read_place = seen.place, read_due = null, unread_reason = null
      from seen where person.site_id = ${siteId} and person.person = seen.person`.execute(db)
  }
}

async function knownKeys(db: Db, siteId: number, observations: Observation[]): Promise<Map<string, KnownKey>> {
  const keys = [...new Set(observations.map(({ id }) => roomIdKey(id)))]
  const states = await keyStates(db, siteId, keys)
  return new Map(
    [...states].map(([key, { tenure, holder, freedAt }]) => [key, { tenure, holder, live: freedAt === null }]),
  )
}

/** When rooms of the site last changed, or 0. */
export async function newestTime(db: Db, siteId: number): Promise<number> {
  const { last } = await db
    .selectFrom('batch')
    .select(({ fn }) => fn.max('at').as('last'))
    .where('site_id', '=', siteId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}
