import type { Kysely } from 'kysely'
import { insertNames } from '../people/people.ts'
import { unnamedPeople } from '../people/unnamed-people.ts'
import type { Db } from '../tables.ts'

/**
 * Fills what people and batches lack that were written before there were names to search by and people of a batch
 * (0003). Where no batch lacks its people, nobody lacks their names: people are added by batches.
 */
export async function names(migrating: Kysely<unknown>): Promise<void> {
  const db = migrating as unknown as Db
  const lacking = await db.selectFrom('batch').select('batch').where('people', 'is', null).limit(1).execute()
  if (lacking.length === 0) return

  const bySite = new Map<number, Awaited<ReturnType<typeof unnamedPeople>>>()
  for (const person of await unnamedPeople(db)) {
    bySite.set(person.siteId, [...(bySite.get(person.siteId) ?? []), person])
  }
  for (const [siteId, people] of bySite) await insertNames(db, siteId, people)

  const claims = await db
    .selectFrom('batch as b')
    .leftJoin('claim as c', join => join.onRef('c.site_id', '=', 'b.site_id').onRef('c.batch', '=', 'b.batch'))
    .select(['b.site_id', 'b.batch', 'c.person'])
    .where('b.people', 'is', null)
    .orderBy('b.site_id')
    .orderBy('b.batch')
    .orderBy('c.person')
    .execute()
  const peopleOf = new Map<string, number[]>()
  for (const { site_id, batch, person } of claims) {
    const people = peopleOf.get(`${site_id} ${batch}`) ?? []
    if (person !== null) people.push(person)
    peopleOf.set(`${site_id} ${batch}`, people)
  }
  for (const [key, people] of peopleOf) {
    const [siteId, batch] = key.split(' ').map(Number) as [number, number]
    await migrating
      .withTables<{ batch: { site_id: number; batch: number; people: string } }>()
      .updateTable('batch')
      .set({ people: JSON.stringify(people) })
      .where('site_id', '=', siteId)
      .where('batch', '=', batch)
      .execute()
  }
}
