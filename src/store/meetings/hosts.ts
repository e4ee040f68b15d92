import { type DirectoryPerson, selectPeople } from '../people/directory.ts'
import type { Db } from '../tables.ts'

export type Host = DirectoryPerson & { roomId: string }

/** Some people of a site by their numbers, without those who have no room. */
export async function findHosts(db: Db, siteId: number, people: number[]): Promise<Map<number, Host>> {
  if (people.length === 0) return new Map()
  const found = await selectPeople(db)
    .where('p.site_id', '=', siteId)
    .where('p.person', 'in', [...new Set(people)])
    .execute()
  const hosts = found.filter((person): person is Host => person.roomId !== null)
  return new Map(hosts.map(host => [host.person, host]))
}
