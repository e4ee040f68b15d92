/** What a plan keeps of a person whose room is read later: what else the new ID may be made of. */
import type { Person } from '../../webex/calls/client.ts'

export type Listed = Pick<Person, 'firstName' | 'lastName' | 'department'>

export function writeListed({ firstName, lastName, department }: Listed): string {
  return JSON.stringify({ firstName, lastName, department })
}

export function readListed(json: string | null): Listed {
  return json === null ? { firstName: '', lastName: '', department: null } : (JSON.parse(json) as Listed)
}
