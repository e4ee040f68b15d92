/** From the body of a request for a plan to what the use case takes. */

import { bytesSource } from '../../directory/files/bytes/table-source.ts'
import { readPeopleList } from '../../directory/files/people-list.ts'
import { openTable } from '../../directory/files/read-table.ts'
import { UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import type { Choice } from '../../rotations/planning/choose.ts'
import type { NewRotationRequest } from '../../wire/rotations.ts'
import { refuse } from '../plumbing/errors.ts'

/** How long a caller waits for a plan; one that takes longer is answered while it is still being made. */
export const patienceMs = 5_000

/** @throws ApiError 400 */
export async function readPeople(people: NewRotationRequest['people'], siteUrl: string): Promise<Choice> {
  if (people.who !== 'listed') return people
  try {
    const bytes = Buffer.from(people.csv, people.base64 ? 'base64' : 'utf8')
    const table = await openTable(bytesSource(people.name, bytes))
    const { list } = await readPeopleList(table, siteUrl)
    return { who: 'listed', ...list }
  } catch (error) {
    if (error instanceof UserError) throw refuse(400, message('listUnreadable', { reason: error.message }))
    throw error
  }
}
