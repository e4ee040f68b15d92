import { sql } from 'kysely'
import type { Db } from '../tables.ts'
import { type Named, namePhrases } from './name-phrases.ts'

export interface UnnamedPerson extends Named {
  siteId: number
  person: number
  email: string
}

/** The people whom nobody finds by their names, although they have some. Reads all people and all names. */
export async function unnamedPeople(db: Db): Promise<UnnamedPerson[]> {
  const { rows } = await sql<UnnamedPerson>`
    select p.site_id as "siteId", p.person, p.email, p.first_name as "firstName", p.last_name as "lastName",
      p.display_name as "displayName"
    from person p
    left join (select distinct site_id, person from person_name) named
      on named.site_id = p.site_id and named.person = p.person
    where named.person is null and p.email_key is not null
    order by p.site_id, p.person`.execute(db)
  return rows.filter(person => namePhrases(person).length > 0)
}
