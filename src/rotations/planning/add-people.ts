/**
 * Adds everybody of the site who matters to a plan, page by page of the list of people, each page durable with how far
 * the plan is by then. Rooms that are known already, because the list or a mirror shows them as they are, are settled
 * here; the others are read afterwards (read-unread.ts).
 */
import { message } from '../../messages/message.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { PlannedItem } from '../../store/rotations/plans.ts'
import { eachItem } from '../../store/rotations/rotations.ts'
import { lastNumber } from '../../store/rotations/rows.ts'
import type { Person } from '../../webex/calls/client.ts'
import { personKey } from '../../webex/calls/person-key.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import { owner } from '../lifecycle.ts'
import { choosePerson, type Verdict } from './choose.ts'
import { mayClash } from './new-ids.ts'
import { leftOut, planItem, unreadItem } from './plan-item.ts'
import { atTheBeginning, isListRead, type PlanProgress } from './plan-progress.ts'
import { PlanRefused } from './plan-refused.ts'
import type { PlanDeps, PlanRequest } from './plan-request.ts'
import { unmatchedIn } from './unmatched.ts'

/** Sites that a refusal names. */
const maxSitesNamed = 5

export async function addPeople(
  key: RotationKey,
  request: PlanRequest,
  deps: PlanDeps,
  from: PlanProgress,
): Promise<PlanProgress> {
  if (isListRead(from)) return from
  const { store, client, now } = deps
  const { profile } = request
  const siteUrl = request.siteUrl.toLowerCase()
  const unmatched = unmatchedIn(request)
  const seen = new SeenPeople()
  let progress = from
  let number = await lastNumber(store.db, key)
  /** Whoever is in the plan already is passed over; a list that is read anew names all of them again. */
  let isAnew = false
  if (from.next !== null) await meetPlanned()

  await readPages(from.next)
  if (progress.onSite === 0) {
    throw new PlanRefused({ refused: 'nobodyOnSite', siteUrl, otherSites: progress.otherSites })
  }
  for (const name of progress.met) unmatched.meetName(name)
  if (!request.allowUnmatched) unmatched.refuse()
  const nobody = {
    number: 0,
    kind: 'left',
    personId: '',
    name: '',
    oldId: null,
    newId: null,
    reason: message('leftUnknownPerson'),
  } as const
  for (const slice of unmatched.slices()) {
    await save(
      slice.map(({ address: email }) => ({ ...nobody, email })),
      progress,
    )
  }
  await save([], { ...progress, next: '' })
  return progress

  async function readPages(next: string | null): Promise<void> {
    try {
      for await (const page of client.peoplePages(next)) {
        await addPage(page.people, page.next)
        deps.onProgress?.({ phase: 'list', people: progress.seen })
      }
    } catch (error) {
      // A place in the list that the target has forgotten since is no error: then it is read from its beginning.
      const isForgotten = error instanceof TargetError && error.kind === 'denied' && error.status !== 401
      if (next === null || progress !== from || !isForgotten) throw error
      isAnew = true
      progress = atTheBeginning
      await readPages(null)
    }
  }

  async function addPage(people: Person[], next: string | null) {
    const page = { ...progress, next, seen: progress.seen + people.length }
    const items = people.flatMap((person): PlannedItem[] => {
      const chosen = choosePerson(person, request, deps.questions)
      if (chosen === 'elsewhere') {
        const named = [...person.sites.keys()].filter(site => !page.otherSites.includes(site))
        page.otherSites = [...page.otherSites, ...named].slice(0, maxSitesNamed)
        return []
      }
      page.onSite += 1
      const listNames = unmatched.meet(person)
      const isAgain = seen.meet(person)
      if (isAgain && isAnew) return []
      const verdict: Verdict = isAgain ? { reason: message('leftListedAgain') } : chosen
      const listed = person.listedRooms.get(siteUrl)
      const known = person.known?.roomId ?? (profile.listedRoomsFresh ? listed : undefined)
      if (verdict !== 'chosen') {
        if (verdict === 'notChosen') page.met = [...page.met, ...listNames]
        // Where the list of people shows every room, a person without one there has none.
        if (verdict === 'notChosen' && known === undefined && !profile.listedRoomsFresh) page.unreadOutsiders += 1
        // The first entry has the room; nobody is kept from its ID by another entry.
        if (isAgain && verdict !== 'notChosen') return [leftOut(person, null, verdict.reason)]
        const reason = verdict === 'notChosen' ? message('leftNotChosen') : verdict.reason
        // Outsiders are retained where their ID is known, because nobody else can have it.
        if (verdict === 'notChosen' && (known === undefined || !mayClash(request.source))) return []
        return [leftOut(person, known ?? null, reason)]
      }
      if (person.known !== undefined) {
        page.known += 1
        page.knownSince = Math.min(page.knownSince ?? Number.POSITIVE_INFINITY, person.known.at)
      }
      if (known === undefined) return [unreadItem(person)]
      return [{ ...planItem(person, { roomId: known }, request, deps), readAt: person.known?.at ?? now() }]
    })
    await save(items, page)
  }

  async function save(items: PlannedItem[], saved: PlanProgress): Promise<void> {
    const numbered = items.map((item, index) => ({ ...item, number: number + index + 1 }))
    number += items.length
    await store.write('addItems', { ...key, owner, items: numbered, progress: JSON.stringify(saved), now: now() })
    progress = saved
  }

  async function meetPlanned(): Promise<void> {
    for await (const items of eachItem(store.db, key)) {
      for (const { person_id: personId, email } of items) {
        unmatched.meet({ personId, email })
        seen.meet({ personId, email })
      }
    }
  }
}

/** Pages may overlap, and one person may be listed under two spellings. Who is in the plan already is left out. */
class SeenPeople {
  readonly #names = new Set<string>()

  /** Whether somebody of these names was there before. */
  meet({ personId, email }: Pick<Person, 'personId' | 'email'>): boolean {
    const names = [...(personId ? [personKey(personId)] : []), ...(email ? [email.toLowerCase()] : [])]
    const before = names.some(name => this.#names.has(name))
    for (const name of names) this.#names.add(name)
    return before
  }
}
