/** A person as the list of people shows them. An entry that is odd is a person with a fault, and no reason to end. */
import { type Message, message } from '../../messages/message.ts'

export interface Person {
  /** Empty where the list gives none. */
  personId: string
  /** Empty where the list gives none. */
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
  /** The ID of the room as it was read lately, and when, where a mirror of the target has it. */
  known?: { roomId: string; at: number }
  /** Why nothing can be done with this entry. */
  fault?: Message
  /** The entry does not say of which sites. One that leaves the field out says of none. */
  sitesUnknown?: true
}

const longestShown = 80

/** @param entry one item of the list, whatever it is. */
export function readPerson(entry: unknown): Person {
  const fields = new Fields(entry)
  const listedRooms = new Map<string, string>()
  for (const { type, value } of fields.addresses('sipAddresses')) {
    const at = value.lastIndexOf('@')
    if (type === 'personal-room' && at > 0) listedRooms.set(value.slice(at + 1).toLowerCase(), value.slice(0, at))
  }
  const sites = new Map<string, 'host' | 'attendee'>()
  const siteUrls = fields.texts('siteUrls')
  for (const siteUrl of siteUrls ?? []) {
    const [url = '', role] = siteUrl.toLowerCase().split('#')
    sites.set(url, role === 'attendee' ? 'attendee' : 'host')
  }
  const person: Person = {
    personId: fields.text('id'),
    email: fields.texts('emails')?.find(email => email !== '') ?? '',
    firstName: fields.text('firstName'),
    lastName: fields.text('lastName'),
    displayName: fields.text('displayName'),
    department: fields.text('department') || null,
    pending: fields.isTrue('invitePending') || fields.text('status') === 'pending',
    sites,
    listedRooms,
  }
  if (siteUrls === null) person.sitesUnknown = true
  const fault = fields.isEntry ? faultOf(person, fields.odd) : message('leftEntryUnreadable', { entry: shown(entry) })
  return fault === undefined ? person : { ...person, fault }
}

function faultOf({ email, sitesUnknown }: Person, odd: string[]): Message | undefined {
  if (odd.length > 0) return message('leftOddFields', { fields: odd.join(', ') })
  if (sitesUnknown) return message('leftNoSites')
  return email === '' ? message('leftNoEmail') : undefined
}

function shown(entry: unknown): string {
  return (JSON.stringify(entry) ?? '').slice(0, longestShown)
}

/** The fields of an entry. One that is null is as good as left out; one of another type is odd. */
class Fields {
  readonly isEntry: boolean
  readonly odd: string[] = []
  readonly #fields: Record<string, unknown>

  constructor(entry: unknown) {
    this.isEntry = typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    this.#fields = this.isEntry ? (entry as Record<string, unknown>) : {}
  }

  text(name: string): string {
    const value = this.#fields[name] ?? ''
    if (typeof value === 'string') return value
    this.odd.push(name)
    return ''
  }

  /** Documented as a string, but a boolean in many real answers. */
  isTrue(name: string): boolean {
    const value = this.#fields[name] ?? false
    if (typeof value !== 'string' && typeof value !== 'boolean') this.odd.push(name)
    return String(value) === 'true'
  }

  /** Empty where the field is left out; null where it is there and does not say which. */
  texts(name: string): string[] | null {
    const value = this.#fields[name]
    if (value === undefined) return []
    if (Array.isArray(value) && value.every(each => typeof each === 'string')) return value
    if (value !== null) this.odd.push(name)
    return null
  }

  addresses(name: string): { type: string; value: string }[] {
    const all = this.#fields[name] ?? []
    if (Array.isArray(all) && all.every(isAddress)) return all
    this.odd.push(name)
    return []
  }
}

function isAddress(one: unknown): one is { type: string; value: string } {
  if (typeof one !== 'object' || one === null) return false
  const { type, value } = one as { type?: unknown; value?: unknown }
  return typeof type === 'string' && typeof value === 'string'
}
