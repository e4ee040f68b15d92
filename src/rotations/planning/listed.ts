/** What a plan keeps of a person whose room is read later: what the list of people showed, for whoever reads it then. */
import type { Person } from '../../webex/calls/client.ts'

export interface Listed {
  /** The ID that the list shows for the room; it may lag behind. Null where it shows none. */
  roomId: string | null
  firstName: string
  lastName: string
  department: string | null
}

export function writeListed({ firstName, lastName, department }: Person, roomId: string | null): string {
  const listed: Listed = { roomId, firstName, lastName, department }
  return JSON.stringify(listed)
}

export function readListed(json: string | null): Listed {
  return json === null ? { roomId: null, firstName: '', lastName: '', department: null } : (JSON.parse(json) as Listed)
}
