/** The list of people, page by page, and one person by person ID or e-mail. */
import type { Answer, Call, Hooks, ListEntry, Rules, World } from './fault.ts'
import type { TargetPerson } from './people.ts'

/** Small, so that a few dozen people are several pages. */
const defaultPageSize = 12

export function listPeople({ url }: Call, world: World, rules: Rules, hooks: Hooks[]): Answer {
  const email = url.searchParams.get('email')?.toLowerCase()
  const ids = url.searchParams.get('id')?.split(',')
  if (email !== undefined || ids !== undefined) {
    const found = world.people.filter(person => person.email.toLowerCase() === email || ids?.includes(person.personId))
    return { status: 200, body: { items: found.map(person => entryOf(person, world, rules)) } }
  }
  const listed = hooks.reduce((people, hook) => hook.lists?.(people) ?? people, [...world.people])
  const [page = 0, start = 0] = (url.searchParams.get('cursor') ?? '0.0').split('.').map(Number)
  const size = hooks.reduce((rows, hook) => hook.pageSize?.(page) ?? rows, defaultPageSize)
  const items = listed.slice(start, start + size).map((person, index) => {
    const copy = listed.slice(0, start + index).filter(other => other === person).length
    const entry = entryOf(person, world, rules)
    return hooks.reduce((shown, hook) => hook.entry?.(shown, person, copy) ?? shown, entry)
  })
  if (start + size >= listed.length) return { status: 200, body: { items } }

  const next = new URL(url)
  next.searchParams.set('cursor', `${page + 1}.${start + size}`)
  const link = hooks.reduce((shown, hook) => hook.nextLink?.(shown, url) ?? shown, next.href)
  return { status: 200, headers: { link: `<${link}>; rel="next"` }, body: { items } }
}

export function showPerson({ url, about }: Call, world: World, rules: Rules): Answer {
  const [person] = about
  if (person === undefined) return { status: 404, body: { message: `No person ${url.pathname.split('/').at(-1)}.` } }
  return { status: 200, body: entryOf(person, world, rules) }
}

function entryOf(person: TargetPerson, { siteUrl, rooms }: World, { listsRooms }: Rules): ListEntry {
  const { personId, email, firstName, lastName, department, role, pending } = person
  const room = rooms.current(personId)
  const sip = listsRooms && room !== undefined ? [{ type: 'personal-room', value: `${room}@${siteUrl}` }] : []
  return {
    id: personId,
    emails: [email],
    displayName: `${firstName} ${lastName}`,
    firstName,
    lastName,
    department,
    created: '2020-01-01T00:00:00.000Z',
    invitePending: String(pending),
    siteUrls: [role === 'attendee' ? `${siteUrl}#attendee` : siteUrl],
    sipAddresses: sip,
  }
}
