/** Reads a CSV of people for a plan; what is wrong with it is one sentence, with its place. */
import { createReadStream } from 'node:fs'
import { type ListFault, type PeopleList, readPeopleList } from '../../directory/files/people-list.ts'
import { UserError } from '../../errors.ts'

/** @throws UserError */
export async function readPeopleFile(file: string): Promise<PeopleList> {
  const list = await readPeopleList(createReadStream(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(`Cannot read ${file}: there is no such file; check its name.`)
    throw new UserError(`Cannot read ${file}: ${error.message}`)
  })
  if ('fault' in list) throw new UserError(describeFault(file, list))
  return list
}

function describeFault(file: string, found: ListFault): string {
  switch (found.fault) {
    case 'listUnknownColumn':
      return `${file} has an unknown column ${JSON.stringify(found.column)}; use ${found.columns}.`
    case 'listAddressColumn':
      return `${file} must have the column email or the column personId, one of them.`
    case 'listRowEmpty':
      return `${file}, line ${found.line}, names nobody; fill it in or remove the line.`
    case 'listDuplicate':
      return `${file}, line ${found.line}: ${found.address} is there twice; remove one of the lines.`
    case 'listEmpty':
      return `${file} names nobody; give a CSV with a column email or personId.`
    case 'listMalformed':
      return `Cannot read ${file}: ${found.reason}`
  }
}
