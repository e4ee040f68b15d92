/** The end of a list of people: whoever it did not name has left, and who is no host there has no room any more. */

import { removeNames } from '../people/people.ts'
import { insertBatch, type NewClaim } from '../refresh/changes.ts'
import type { Db } from '../tables.ts'
import { mirrorTokenId, newestTime } from './readings.ts'
import { getSync, holdSync, type Reader, setSync } from './sync-state.ts'

export interface ListEnd extends Reader {
  trackingId: string
  /** Of those whom the list did not name, the ones that the target does not know any more. */
  gone: number[]
}

/** What a list that was read to its end says of those who were known. */
export interface JudgedList {
  /** Whom it did not name. They may have moved between its pages while it was read: the target is asked about each. */
  unlisted: { person: number; personId: string }[]
  /** How many it did not name, or not with this site, or not as hosts any more. */
  missing: number
  /** How many people were known when it began. */
  known: number
  /** So many that it is not believed without a person. */
  shrunk: boolean
}

/** A list that loses a larger share of its people, or of their rooms, at once is not believed without a person. */
const believedShare = 0.05

/** People per statement. */
const slice = 1000

export async function judgeList(db: Db, siteId: number): Promise<JudgedList> {
  const { round, known } = (await getSync(db, siteId))!
  const unlisted = await peopleOf(db, siteId)
    .select('person_id as personId')
    .where(({ or, eb }) => or([eb('listed_round', 'is', null), eb('listed_round', '<', round)]))
    .execute()
  const missing =
    unlisted.length + (await leftFor(db, siteId, round)).length + (await noHosts(db, siteId, round)).length
  const isMany = missing > 1 || missing === known
  const shrunk = missing > 0 && isMany && missing > known * believedShare
  return { unlisted: unlisted.map(({ person, personId }) => ({ person, personId })), missing, known, shrunk }
}

/** Notes that a list was not believed. Nothing else is changed. */
export async function refuseList(db: Db, { missing, ...reader }: Reader & { missing: number }): Promise<boolean> {
  if (!(await holdSync(db, reader))) return false
  await setSync(db, reader.siteId, { phase: 'shrunk', list_next: null, list_ended_at: reader.now, missing })
  return true
}

/** Believes a list. Undefined where another process reads the site by now. */
export async function endList(db: Db, end: ListEnd): Promise<{ left: number; noHosts: number } | undefined> {
  if (!(await holdSync(db, end))) return undefined
  const { siteId, now } = end
  const { round } = (await getSync(db, siteId))!
  const leavers = await leftFor(db, siteId, round)
  for (const people of slices(end.gone)) {
    leavers.push(...(await peopleOf(db, siteId).where('person', 'in', people).execute()))
  }
  const withoutRoom = await noHosts(db, siteId, round)
  for (const people of slices(leavers)) await remove(db, siteId, people)
  for (const people of slices(withoutRoom)) await withdrawRooms(db, siteId, people)
  await release(db, end, [...leavers, ...withoutRoom])
  await setSync(db, siteId, { phase: 'rooms', list_next: null, list_ended_at: now, missing: 0, accept_shrink: 0 })
  return { left: leavers.length, noHosts: withoutRoom.length }
}

function leftFor(db: Db, siteId: number, round: number): Promise<Gone[]> {
  return peopleOf(db, siteId).where('listed_round', '=', round).where('listed_host', 'is', null).execute()
}

function noHosts(db: Db, siteId: number, round: number): Promise<Gone[]> {
  return peopleOf(db, siteId)
    .where('listed_round', '=', round)
    .where('listed_host', '=', 0)
    .where('host', '=', 1)
    .execute()
}

interface Gone {
  person: number
  firstName: string
  lastName: string
  displayName: string
}

function peopleOf(db: Db, siteId: number) {
  return db
    .selectFrom('person')
    .select(['person', 'first_name as firstName', 'last_name as lastName', 'display_name as displayName'])
    .where('site_id', '=', siteId)
    .where('email_key', 'is not', null)
}

const unread = { seen_at: null, read_place: null, read_due: null, unread_reason: null, listed_id: null }

async function remove(db: Db, siteId: number, people: Gone[]): Promise<void> {
  const numbers = people.map(({ person }) => person)
  await removeNames(db, siteId, people)
  await db.deleteFrom('preference').where('site_id', '=', siteId).where('person', 'in', numbers).execute()
  await db
    .updateTable('person')
    .set({ email_key: null, ...unread })
    .where('site_id', '=', siteId)
    .where('person', 'in', numbers)
    .execute()
}

async function withdrawRooms(db: Db, siteId: number, people: Gone[]): Promise<void> {
  const numbers = people.map(({ person }) => person)
  await db
    .updateTable('person')
    .set({ host: 0, ...unread })
    .where('site_id', '=', siteId)
    .where('person', 'in', numbers)
    .execute()
}

/** Their rooms have given up the IDs that they were last seen with. */
async function release(db: Db, { siteId, trackingId, now }: ListEnd, people: Gone[]): Promise<void> {
  const claims: NewClaim[] = []
  for (const some of slices(people)) {
    const newest = await db
      .selectFrom('claim as c')
      .select(['c.person', 'c.number', 'c.id'])
      .where('c.site_id', '=', siteId)
      .where(
        'c.person',
        'in',
        some.map(({ person }) => person),
      )
      .where('c.number', '=', eb =>
        eb
          .selectFrom('claim as n')
          .select(({ fn }) => fn.max('n.number').as('newest'))
          .whereRef('n.site_id', '=', 'c.site_id')
          .whereRef('n.person', '=', 'c.person'),
      )
      .execute()
    for (const { person, number, id } of newest) {
      if (id !== null) claims.push({ person, number: number + 1, id: null, key: null, tenure: 0 })
    }
  }
  if (claims.length === 0) return
  const at = Math.max(now, await newestTime(db, siteId))
  await insertBatch(db, { siteId, tokenId: mirrorTokenId, trackingId, now: at, origin: 'observed' }, claims)
}

function* slices<Item>(items: Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += slice) yield items.slice(start, start + slice)
}
