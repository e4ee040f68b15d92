/** The people of a mirrored site with what was read of their rooms, a page at a time. */
import { selectPeople } from '../people/directory.ts'
import type { Db } from '../tables.ts'
import { inChunks } from '../yielding-reads.ts'

export interface MirroredPerson {
  person: number
  personId: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  department: string | null
  host: boolean
  /** False where the address belongs to somebody else by now. */
  ownsAddress: boolean
  roomId: string | null
  seenAt: number | null
}

const pageSize = 1000

export async function* eachMirroredPage(db: Db, siteId: number, from = 0): AsyncGenerator<MirroredPerson[]> {
  const read = (after: number) =>
    selectPeople(db)
      .select('p.email_key')
      .where('p.site_id', '=', siteId)
      .where('p.person', '>', after)
      .orderBy('p.person')
      .limit(pageSize)
      .execute()
  for await (const rows of inChunks(read, row => row.person, from)) {
    yield rows.map(({ email_key, host, ...row }) => ({
      ...row,
      host: host === 1,
      ownsAddress: email_key !== null && !email_key.startsWith(':'),
    }))
  }
}
