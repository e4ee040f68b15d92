/** Changes people, makes them hosts or attendees, or removes them. Their history stays. */

import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import { deleteMeetingsOf } from '../meetings/meetings.ts'
import { decideIds, insertBatch, type NewClaim, newestClaim, releaseClaim } from '../refresh/changes.ts'
import { claimsOf } from '../refresh/refresh-rooms.ts'
import type { Db } from '../tables.ts'
import { type Admission, type AdmissionRefusal, carryOut, decideAdmissions } from './admit-people.ts'
import type { Named } from './name-phrases.ts'
import { insertNames, removeNames } from './people.ts'

export interface PersonDetails {
  email: string
  firstName: string
  lastName: string
  displayName: string
  department: string | null
}

export interface PersonChange extends Actor {
  /** The accounts of one person, on one site or several. All are changed, or none. */
  accounts: { siteId: number; person: number; host: boolean }[]
  details: PersonDetails
  /** The person's accounts on further sites, added in the same transaction. */
  added: Admission[]
}

/**
 * Changes a person's details and host status, and adds accounts on further sites, all or nothing. A new host's room
 * gets its ID by the site's rule; a new attendee's room gives its ID up. A refusal is a return value, not an error.
 * Returns 0 where one of the accounts no longer exists.
 */
export async function changePerson(
  db: Db,
  change: PersonChange,
): Promise<{ changed: number } | { refusals: AdmissionRefusal[] }> {
  for (const { siteId, person } of change.accounts) {
    // Somebody else may have removed the person since the caller read them: a change must not bring them back.
    if (!(await isThere(db, siteId, person))) return { changed: 0 }
    if (await isTaken(db, siteId, person, change.details.email)) {
      return { refusals: [{ reason: 'EmailTaken', item: 0 }] }
    }
  }
  const decided = await decideAdmissions(db, change.added)
  if ('refusals' in decided) return decided
  for (const account of change.accounts) await changeAccount(db, change, account)
  await carryOut(db, change.added, decided.rooms)
  return { changed: change.accounts.length }
}

async function changeAccount(
  db: Db,
  change: PersonChange,
  { siteId, person, host }: PersonChange['accounts'][number],
): Promise<void> {
  const { email, firstName, lastName, displayName, department } = change.details
  const before = await db
    .selectFrom('person')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('person')
    .set({
      email,
      email_key: email.toLowerCase(),
      first_name: firstName,
      last_name: lastName,
      display_name: displayName,
      department,
      host: host ? 1 : 0,
    })
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .execute()
  await removeNames(db, siteId, [{ person, ...namesOf(before) }])
  await insertNames(db, siteId, [{ person, firstName, lastName, displayName }])

  if (before.host === 1 && !host) await insertClaims(db, change, siteId, await releaseClaim(db, siteId, person))
  if (before.host === 0 && host) {
    const newest = await newestClaim(db, siteId, person)
    const named = { email, firstName, lastName, username: before.username, personId: before.person_id }
    const room = { ...named, person, hasRoom: true, claims: newest?.number ?? 0, currentId: null }
    const decision = await decideIds(db, siteId, change.now, [{ person: room, id: null }])
    if ('refusals' in decision) throw new Error('The rule of a site refused an ID of its own making.')
    await insertClaims(db, change, siteId, claimsOf(decision.rooms))
  }
  await insertAuditEvent(db, change, {
    siteId,
    action: 'person.changed',
    subject: email,
    detail: { personId: before.person_id, host },
  })
}

export interface PersonRemoval extends Actor {
  accounts: { siteId: number; person: number }[]
}

/**
 * Removes a person: the address is free immediately, the room's ID after the quarantine. The row stays, for the
 * history. Returns the number of accounts removed.
 */
export async function removePerson(db: Db, removal: PersonRemoval): Promise<number> {
  let removed = 0
  for (const { siteId, person } of removal.accounts) {
    const before = await db
      .updateTable('person')
      .set({ email_key: null })
      .where('site_id', '=', siteId)
      .where('person', '=', person)
      .where('email_key', 'is not', null)
      .returningAll()
      .executeTakeFirst()
    if (before === undefined) continue
    removed += 1
    await removeNames(db, siteId, [{ person, ...namesOf(before) }])
    await db.deleteFrom('preference').where('site_id', '=', siteId).where('person', '=', person).execute()
    await deleteMeetingsOf(db, siteId, person)
    await insertClaims(db, removal, siteId, await releaseClaim(db, siteId, person))
    await insertAuditEvent(db, removal, {
      siteId,
      action: 'person.removed',
      subject: before.email,
      detail: { personId: before.person_id },
    })
  }
  return removed
}

/**
 * Inserts one person's claim, if there is one. Its time is never before that of the newest claim, even if the clock was
 * set back.
 */
async function insertClaims(db: Db, actor: Actor, siteId: number, [claim]: NewClaim[]): Promise<void> {
  if (claim === undefined) return
  const newest = await newestClaim(db, siteId, claim.person)
  await insertBatch(db, { ...actor, siteId, now: Math.max(actor.now, newest?.at ?? 0) }, [claim])
}

function namesOf(row: { first_name: string; last_name: string; display_name: string }): Named {
  return { firstName: row.first_name, lastName: row.last_name, displayName: row.display_name }
}

async function isThere(db: Db, siteId: number, person: number): Promise<boolean> {
  const row = await db
    .selectFrom('person')
    .select('person')
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .where('email_key', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

async function isTaken(db: Db, siteId: number, person: number, email: string): Promise<boolean> {
  const holder = await db
    .selectFrom('person')
    .select('person')
    .where('site_id', '=', siteId)
    .where('email_key', '=', email.toLowerCase())
    .executeTakeFirst()
  return holder !== undefined && holder.person !== person
}
