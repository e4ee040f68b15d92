/** A person as the list of people shows them. */
import type { PersonEntry } from './answers.ts'

export interface Person {
  personId: string
  email: string
  firstName: string
  lastName: string
  displayName: string
  department: string | null
  pending: boolean
  /** The sites of this person in lower case, each as host or as attendee. */
  sites: Map<string, 'host' | 'attendee'>
  /** The rooms' IDs by site in lower case, where the directory shows them as SIP addresses. It may lag behind. */
  listedRooms: Map<string, string>
}

export function toPerson(entry: PersonEntry): Person {
  const sites = new Map<string, 'host' | 'attendee'>()
  for (const siteUrl of entry.siteUrls ?? []) {
    const [url = '', role] = siteUrl.toLowerCase().split('#')
    sites.set(url, role === 'attendee' ? 'attendee' : 'host')
  }
  const listedRooms = new Map<string, string>()
  for (const { type, value } of entry.sipAddresses ?? []) {
    const at = value.lastIndexOf('@')
    if (type === 'personal-room' && at > 0) listedRooms.set(value.slice(at + 1).toLowerCase(), value.slice(0, at))
  }
  return {
    personId: entry.id,
    email: entry.emails[0] ?? '',
    firstName: entry.firstName ?? '',
    lastName: entry.lastName ?? '',
    displayName: entry.displayName ?? '',
    department: entry.department ?? null,
    pending: String(entry.invitePending) === 'true' || entry.status === 'pending',
    sites,
    listedRooms,
  }
}
