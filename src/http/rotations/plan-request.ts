/** From the body of a request for a plan to what the use case takes. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type ListFault, type PeopleList, readPeopleList } from '../../directory/files/people-list.ts'
import { type Message, message } from '../../messages/message.ts'
import type { Choice } from '../../rotations/planning/choose.ts'
import type { NewRotationRequest } from '../../wire/rotations.ts'
import { refuse } from '../plumbing/errors.ts'

/** How long a caller waits for a plan; one that takes longer is answered while it is still being made. */
export const patienceMs = 5_000

/** @throws ApiError 400 */
export async function readPeople(people: NewRotationRequest['people']): Promise<Choice> {
  return people.who === 'listed' ? { who: 'listed', file: people.name, people: await readList(people.csv) } : people
}

async function readList(csv: string): Promise<PeopleList> {
  const list = await readPeopleList(chunksOf(csv))
  if ('fault' in list) throw refuse(400, describeFault(list))
  return list
}

function describeFault(found: ListFault): Message {
  switch (found.fault) {
    case 'listUnknownColumn':
      return message('listUnknownColumn', { column: found.column, columns: found.columns })
    case 'listAddressColumn':
      return message('listAddressColumn')
    case 'listRowEmpty':
      return message('listRowEmpty', { row: String(found.row) })
    case 'listDuplicate':
      return message('listDuplicate', { address: found.address })
    case 'listEmpty':
      return message('listEmpty')
    case 'listMalformed':
      return message('listMalformed', { reason: found.reason })
  }
}

/** Bytes after which other requests are served: a list of half a million people takes seconds. */
const chunkBytes = 2 ** 16

async function* chunksOf(csv: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(csv)
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes)
    await yieldToEventLoop()
  }
}
