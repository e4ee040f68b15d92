/** From the body of a request for a plan to what the use case takes. */

import type { FastifyRequest } from 'fastify'
import { bytesSource } from '../../directory/files/bytes/table-source.ts'
import { readPeopleList } from '../../directory/files/people-list.ts'
import { openTable } from '../../directory/files/read-table.ts'
import { UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import type { Choice } from '../../rotations/planning/choose.ts'
import type { Refusal } from '../../rotations/refusal.ts'
import type { Planned, PlanOptions } from '../../rotations/use-cases/have-plan-made.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { NewRotationRequest, PlannedAnswer } from '../../wire/rotations.ts'
import { callerOf } from '../access/auth.ts'
import { refuse } from '../plumbing/errors.ts'
import { orThrow } from './refusals.ts'
import type { RotationApi } from './rotation-api.ts'

/** How long a caller waits for a plan; one that takes longer is answered while it is still being made. */
const patienceMs = 5_000

/** Has a plan made as one of the few that are made at once, also after its caller has been answered. */
export async function planWithin(
  { work }: RotationApi,
  request: FastifyRequest,
  site: Site,
  plan: (options: PlanOptions) => Promise<Planned | Refusal>,
): Promise<Planned> {
  const over = work.begin('plans', callerOf(request), site.url)
  try {
    const planned = orThrow(await plan({ patienceMs, onEnded: over }))
    if (planned.made !== null) over()
    return planned
  } catch (error) {
    over()
    throw error
  }
}

interface ReadPeople {
  choice: Choice
  /** What was read of a list; null where none was given. */
  list: PlannedAnswer['list']
}

/** @throws ApiError 400 */
export async function readPeople(people: NewRotationRequest['people'], siteUrl: string): Promise<ReadPeople> {
  if (people.who !== 'listed') return { choice: people, list: null }
  try {
    const bytes = Buffer.from(people.csv, people.base64 ? 'base64' : 'utf8')
    const table = await openTable(bytesSource(people.name, bytes))
    const { list, table: description, notes } = await readPeopleList(table, siteUrl)
    return { choice: { who: 'listed', ...list }, list: { ...description, notes } }
  } catch (error) {
    if (error instanceof UserError) throw refuse(400, message('listUnreadable', { reason: error.message }))
    throw error
  }
}
