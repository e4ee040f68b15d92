/** From the body of a request for a plan to what the use case takes. */

import type { FastifyRequest } from 'fastify'
import { bytesSource, type TableSource } from '../../directory/files/bytes/table-source.ts'
import { readPeopleList } from '../../directory/files/people-list.ts'
import { openTable } from '../../directory/files/read-table.ts'
import { UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import type { Choice } from '../../rotations/planning/choose.ts'
import type { Refusal } from '../../rotations/refusal.ts'
import type { Planned, PlanOptions } from '../../rotations/use-cases/have-plan-made.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { NewRotationRequest } from '../../wire/rotations/new-rotation.ts'
import type { PlannedAnswer } from '../../wire/rotations.ts'
import { callerOf } from '../access/auth.ts'
import { receiveTable } from '../limits/receive-table.ts'
import { refuse } from '../plumbing/errors.ts'
import { orThrow } from './refusals.ts'
import type { RotationApi } from './rotation-api.ts'

/** How long a caller waits for a plan; one that takes longer is answered while it is still being made. */
const patienceMs = 5_000

/** Of a list that takes so much memory that there is one of them at once. */
const manyPeople = 50_000

/**
 * Has a plan made as one of the few that are made at once, also after its caller has been answered.
 *
 * @param listed how many people its list names; 0 where it has none.
 */
export async function planWithin(
  { work }: RotationApi,
  request: FastifyRequest,
  site: Site,
  plan: (options: PlanOptions) => Promise<Planned | Refusal>,
  listed = 0,
): Promise<Planned> {
  const caller = callerOf(request)
  const overs = [work.begin('plans', caller, site.url)]
  const over = () => {
    for (const end of overs) end()
  }
  try {
    if (listed > manyPeople) overs.push(work.begin('longLists', caller, site.url))
    const planned = orThrow(await plan({ patienceMs, onEnded: over }))
    if (planned.made !== null) over()
    return planned
  } catch (error) {
    over()
    throw error
  }
}

export interface ReadPeople {
  choice: Choice
  /** What was read of a list; null where none was given. */
  list: PlannedAnswer['list']
}

const maxListedPeople = 500_000

/** @throws ApiError 400 */
export async function readPeople(people: NewRotationRequest['people'], siteUrl: string): Promise<ReadPeople> {
  if (people.who !== 'listed') return { choice: people, list: null }
  return readList(bytesSource(people.name, Buffer.from(people.csv)), siteUrl)
}

/**
 * Reads the table that is the body of a request. It is kept in a private file meanwhile, so that it takes no memory.
 * @throws ApiError 400 where it is no table of people, 413 where it is too large.
 */
export async function readPeopleOfBody(request: FastifyRequest, name: string, siteUrl: string): Promise<ReadPeople> {
  const source = await receiveTable(request, name)
  try {
    return await readList(source, siteUrl)
  } finally {
    await source.close()
  }
}

async function readList(source: TableSource, siteUrl: string): Promise<ReadPeople> {
  try {
    const { list, table, notes } = await readPeopleList(await openTable(source), siteUrl, maxListedPeople)
    return { choice: { who: 'listed', ...list }, list: { ...table, notes } }
  } catch (error) {
    if (error instanceof UserError) throw refuse(400, message('listUnreadable', { reason: error.message }))
    throw error
  }
}
