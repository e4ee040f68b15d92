import { type Selectable, sql } from 'kysely'
import { engineOf } from '../engines.ts'
import type { Db, PersonRow } from '../tables.ts'

/** The partial indexes for rare conditions that lists are filtered by. */
export type FilterIndex = 'person_attendee' | 'person_suspended' | 'person_pinned' | 'person_department'

/**
 * People as `p`, each with the newest claim of their room as `c`: the ID that it carries. Read by one of the indexes, if
 * it is named.
 */
export function peopleWithRooms(db: Db, index?: FilterIndex) {
  const alias = index === undefined ? 'p' : `p${engineOf(db).readBy(index)}`
  return db.selectFrom(sql<Selectable<PersonRow>>`person`.as<'p'>(sql.raw(alias))).leftJoin('claim as c', join =>
    join
      .onRef('c.site_id', '=', 'p.site_id')
      .onRef('c.person', '=', 'p.person')
      .on('c.number', '=', eb =>
        eb
          .selectFrom('claim as n')
          .select(({ fn }) => fn.max('n.number').as('newest'))
          .whereRef('n.site_id', '=', 'p.site_id')
          .whereRef('n.person', '=', 'p.person'),
      ),
  )
}
