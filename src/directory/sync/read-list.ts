/** Reads the list of people to its end, from where it was left. */
import { judgeList } from '../../store/mirror/list-end.ts'
import { endOfList } from '../../store/mirror/list-page.ts'
import type { ListedPerson } from '../../store/mirror/listed-people.ts'
import type { Person } from '../../webex/calls/client.ts'
import type { PeoplePage } from '../../webex/calls/people-list.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { SyncDeps, SyncedSite } from './sync-deps.ts'

/** How it ended; `missing` of the `known` people where it has lost too many to be believed. */
type ReadList = 'believed' | 'stopped' | 'taken' | { missing: number; known: number }

export async function readList(
  site: SyncedSite,
  deps: SyncDeps,
  { acceptShrink, onPage }: { acceptShrink: boolean; onPage: () => Promise<void> },
): Promise<ReadList> {
  const { store, clock, owner, trackingId, signal } = deps
  const { siteId, listedRoomsFresh, settleMs } = site
  const reader = () => ({ siteId, owner, now: clock.now() })
  const begun = await store.write('beginRound', { ...reader(), fromStart: false })
  if (begun === undefined) return 'taken'
  const { round } = begun

  if (begun.list_next !== endOfList) {
    const read = await readPages(begun.list_next)
    if (read !== 'read') return read
  }

  const { unlisted, missing, known, shrunk } = await judgeList(store.db, siteId)
  if (shrunk && !acceptShrink && begun.accept_shrink === 0)
    return (await store.write('refuseList', { ...reader(), missing })) ? { missing, known } : 'taken'
  const gone: number[] = []
  for (const { person, personId } of unlisted) {
    if (signal.aborted) return 'stopped'
    if ((await deps.client.emailOf(personId)) === null) gone.push(person)
  }
  return (await store.write('endList', { ...reader(), trackingId, gone })) === undefined ? 'taken' : 'believed'

  /** A place in the list that the target has forgotten since is no error: then the list is read from its beginning. */
  async function readPages(from: string | null): Promise<'read' | 'stopped' | 'taken'> {
    let pages = 0
    let at = clock.now()
    try {
      for await (const page of deps.client.peoplePages(from)) {
        pages += 1
        if ((await savePage(page, at)) === undefined) return 'taken'
        await onPage()
        if (signal.aborted) return 'stopped'
        at = clock.now()
      }
      return 'read'
    } catch (error) {
      const isGone = error instanceof TargetError && error.kind === 'denied' && error.status !== 401
      if (from === null || pages > 0 || !isGone) throw error
      await store.write('beginRound', { ...reader(), fromStart: true })
      return readPages(null)
    }
  }

  function savePage({ people, next }: PeoplePage, at: number) {
    const named = onceEach(people)
    const ofSite = named.filter(({ sites }) => sites.has(site.siteUrl))
    return store.write('saveListPage', {
      ...reader(),
      trackingId,
      round,
      at,
      people: ofSite.map(person => listed(person, site, deps)),
      elsewhere: named.filter(({ sites, sitesUnknown }) => !sitesUnknown && !sites.has(site.siteUrl)).map(idOf),
      unclear: named.filter(({ sitesUnknown }) => sitesUnknown).map(idOf),
      oddEntries: people.filter(({ personId, sitesUnknown }) => personId === '' || sitesUnknown).length,
      next,
      fresh: listedRoomsFresh ? { settleMs } : null,
    })
  }
}

function idOf({ personId }: Person): string {
  return personId
}

/** One person may be listed under two spellings of the same ID. Without an ID, nobody can be told from others. */
function onceEach(people: Person[]): Person[] {
  const byKey = new Map<string, Person>()
  for (const person of people) {
    if (person.personId !== '' && !byKey.has(personKey(person.personId))) byKey.set(personKey(person.personId), person)
  }
  return [...byKey.values()]
}

function listed(person: Person, { siteUrl }: SyncedSite, { bitsOf }: SyncDeps): ListedPerson {
  const { personId, email, firstName, lastName, displayName, department, sites, listedRooms, fault } = person
  const id = listedRooms.get(siteUrl)
  return {
    personId,
    email,
    firstName,
    lastName,
    displayName: displayName || `${firstName} ${lastName}`.trim(),
    department,
    host: sites.get(siteUrl) === 'host',
    room: id === undefined ? null : { id, bits: bitsOf(person, id) },
    fault: fault ?? null,
  }
}
