/** Adds people to a site. Each host gets the ID that was asked for, or one by the site's rule. */

import type { BatchQuestion, RefreshedRoom } from '../../rooms/refresh-batch.ts'
import type { ItemRefusal } from '../../rooms/refusal.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { dayMs } from '../../time.ts'
import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { engineOf } from '../engines.ts'
import { decideIds, insertBatch, keyStates } from '../refresh/changes.ts'
import { claimsOf } from '../refresh/refresh-rooms.ts'
import { findSiteById } from '../sites/sites.ts'
import type { Db } from '../tables.ts'
import { insertPeople, lastPerson, type NewPerson, takeNumbers } from './people.ts'

/** `item` is the index, from 0, in the list of people. */
export type AdmissionRefusal =
  | { reason: 'EmailTaken'; item: number }
  | { reason: 'PersonIdTaken'; item: number }
  | ItemRefusal

export interface Admission extends Actor {
  siteId: number
  /**
   * A few thousand at most, no two with the same address or ID. Where a host's `roomId` is null, the site's rule makes
   * one.
   */
  people: NewPerson[]
  /** The audit log entry for each person, or null where the whole import has one entry. */
  auditAction: 'person.created' | null
}

/** Adds all of them, or none. A refusal is an answer, not an error. */
export async function admitPeople(
  db: Db,
  admission: Admission,
): Promise<{ admitted: number } | { refusals: AdmissionRefusal[] }> {
  const outcome = await admitToSites(db, { admissions: [admission] })
  return 'refusals' in outcome ? outcome : { admitted: admission.people.length }
}

/** Adds one person to several sites: to all of them, or to none. */
export async function admitToSites(
  db: Db,
  { admissions }: { admissions: Admission[] },
): Promise<{ admitted: number } | { refusals: AdmissionRefusal[] }> {
  await engineOf(db).lockSites(
    db,
    admissions.map(({ siteId }) => siteId),
  )
  const decided = await decideAdmissions(db, admissions)
  if ('refusals' in decided) return decided
  await carryOut(db, admissions, decided.rooms)
  return { admitted: admissions.length }
}

/** Decides whether all of these could be added now, and with which IDs, one list for each. Writes nothing. */
export async function decideAdmissions(
  db: Db,
  admissions: Admission[],
): Promise<{ rooms: RefreshedRoom[][] } | { refusals: AdmissionRefusal[] }> {
  const rooms: RefreshedRoom[][] = []
  for (const admission of admissions) {
    const outcome = await decideAdmission(db, admission)
    if ('refusals' in outcome) return outcome
    rooms.push(outcome.rooms)
  }
  return { rooms }
}

/** Decides whether they could be added now, and with which IDs. Their person numbers are those they would get. */
export async function decideAdmission(
  db: Db,
  { siteId, people, now }: Pick<Admission, 'siteId' | 'people' | 'now'>,
): Promise<{ rooms: RefreshedRoom[] } | { refusals: AdmissionRefusal[] }> {
  const taken = await findTaken(db, siteId, people)
  if (taken.length > 0) return { refusals: taken }

  const last = await lastPerson(db, siteId)
  const hosts = people.flatMap((person, item) => (person.host ? [{ person, item }] : []))
  const items = hosts.map(({ person, item }): BatchQuestion['items'][number] => ({
    person: { ...person, person: last + 1 + item, hasRoom: true, claims: 0, currentId: null },
    id: person.roomId,
  }))
  const decision = await decideIds(db, siteId, now, items)
  if ('rooms' in decision) return decision
  return { refusals: decision.refusals.map(refusal => ({ ...refusal, item: hosts[refusal.item]!.item })) }
}

/** Adds people with the IDs that were decided earlier in the same transaction. */
export async function carryOut(db: Db, admissions: Admission[], rooms: RefreshedRoom[][]): Promise<void> {
  for (const [index, admission] of admissions.entries()) await addAdmitted(db, admission, rooms[index]!)
}

async function addAdmitted(db: Db, admission: Admission, rooms: RefreshedRoom[]): Promise<void> {
  const { siteId, people, auditAction, tokenId, trackingId, now } = admission
  const first = await takeNumbers(db, siteId, people.length)
  await insertPeople(
    db,
    siteId,
    people.map((person, item) => ({ ...person, person: first + item })),
    now,
  )
  const origin = auditAction === null ? 'imported' : null
  if (rooms.length > 0) await insertBatch(db, { siteId, tokenId, trackingId, now, origin }, claimsOf(rooms))
  if (auditAction === null) return
  for (const { email, personId, host } of people) {
    await insertAuditEvent(db, admission, { siteId, action: auditAction, subject: email, detail: { personId, host } })
  }
}

/** The people whose address or person ID already exists on the site. */
export async function findTaken(db: Db, siteId: number, people: NewPerson[]): Promise<AdmissionRefusal[]> {
  if (people.length === 0) return []
  const emails = people.map(({ email }) => email.toLowerCase())
  const withEmail = await db
    .selectFrom('person')
    .select('email_key')
    .where('site_id', '=', siteId)
    .where('email_key', 'in', emails)
    .execute()
  const withPersonId = await db
    .selectFrom('person')
    .select('person_id')
    .where('site_id', '=', siteId)
    .where(
      'person_id',
      'in',
      people.map(({ personId }) => personId),
    )
    .execute()
  const takenEmails = new Set(withEmail.map(row => row.email_key))
  const takenIds = new Set(withPersonId.map(row => row.person_id))
  return people.flatMap(({ personId }, item): AdmissionRefusal[] => {
    if (takenEmails.has(emails[item]!)) return [{ reason: 'EmailTaken', item }]
    return takenIds.has(personId) ? [{ reason: 'PersonIdTaken', item }] : []
  })
}

/** The requested IDs that somebody else's room carries or keeps reserved. */
export async function givenIdFaults(
  db: Db,
  siteId: number,
  people: NewPerson[],
  now: number,
): Promise<AdmissionRefusal[]> {
  const given = people.flatMap(({ roomId }, item) => (roomId === null ? [] : [{ key: roomIdKey(roomId), item }]))
  if (given.length === 0) return []
  const { quarantine_days: days } = await findSiteById(db, siteId)
  const states = await keyStates(
    db,
    siteId,
    given.map(({ key }) => key),
  )
  return given.flatMap(({ key, item }): AdmissionRefusal[] => {
    const state = states.get(key)
    if (state === undefined) return []
    if (state.freedAt === null) return [{ reason: 'RoomIdTaken', item }]
    return now < state.freedAt + days * dayMs ? [{ reason: 'RoomIdReserved', item }] : []
  })
}
