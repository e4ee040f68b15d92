import { roomSipAddress } from '../../rooms/room-id.ts'
import type { DirectoryPerson } from '../../store/people/directory.ts'
import type { Site } from '../../store/sites/sites.ts'
import { orgId, type PersonAnswer } from '../../wire/people.ts'

/**
 * A person as Webex shows people: the accounts on several sites are one person.
 *
 * @param accounts at least one, in order of site; names are taken from the first.
 * @param forAdmin adds what only administrators see.
 */
export function asPerson(accounts: DirectoryPerson[], sites: Map<number, Site>, forAdmin: boolean): PersonAnswer {
  const first = accounts[0]!
  return {
    id: first.personId,
    emails: [first.email],
    displayName: first.displayName,
    firstName: first.firstName,
    lastName: first.lastName,
    ...(first.department === null ? {} : { department: first.department }),
    created: new Date(first.createdAt).toISOString(),
    siteUrls: accounts.map(({ siteId, host }) => sites.get(siteId)!.url + (host === 1 ? '' : '#attendee')),
    sipAddresses: accounts.flatMap(({ siteId, roomId }) =>
      roomId === null
        ? []
        : [{ type: 'personal-room' as const, value: roomSipAddress(sites.get(siteId)!.url, roomId), primary: false }],
    ),
    orgId,
    ...(forAdmin ? { invitePending: 'false' as const, loginEnabled: 'true' as const } : {}),
    type: 'person',
  }
}

/** Groups accounts by person, in the order in which each person comes first. */
export function byPerson(accounts: DirectoryPerson[]): DirectoryPerson[][] {
  const people = new Map<string, DirectoryPerson[]>()
  for (const account of accounts) {
    const known = people.get(account.personId)
    if (known === undefined) people.set(account.personId, [account])
    else known.push(account)
  }
  return [...people.values()]
}
