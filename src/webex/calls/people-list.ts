/** Reads the list of people to its end, page by page. A list is whole or it is an error. */
import { type Message, message } from '../../messages/message.ts'
import { nextPage } from './next-page.ts'
import { type Person, readPerson } from './person.ts'
import { TargetError } from './target-error.ts'

const peoplePerPage = 1000
/** So many pages in a row with nobody new on them are a list without an end; a few empty ones are not. */
const stalePages = 100
/** No organisation is larger. */
const mostPeople = 10_000_000

/** One page: its entries, and `Link` as it came. */
export type ReadPage = (url: string) => Promise<{ items: unknown[]; link: string | null; trackingId: string | null }>

export interface PeoplePage {
  people: Person[]
  /** Where the list continues: the address of the next page, at our own origin; null at its end. */
  next: string | null
}

/**
 * @param note told once of each other address that the list names for itself.
 * @param from where the list was left, as a page said; null for its beginning.
 */
export async function* listPeople(
  base: string,
  readPage: ReadPage,
  note: (note: Message) => void,
  from: string | null,
): AsyncGenerator<PeoplePage> {
  const first = `${base}/people?max=${peoplePerPage}`
  const asked = new Set<string>()
  const known = new Set<number>()
  const named = new Set<string>()
  let seen = 0
  let stale = 0
  // Our token goes to the target alone, whatever was kept.
  const isOurs = from !== null && URL.canParse(from) && new URL(from).origin === new URL(base).origin
  for (let url: string | null = isOurs ? from : first; url !== null; ) {
    asked.add(url)
    const { items, link, trackingId } = await readPage(url)
    const people = items.map(readPerson)
    const before = known.size
    for (const { personId, email } of people) known.add(hashOf(personId || email))
    stale = known.size === before ? stale + 1 : 0
    seen += people.length
    const next = nextPage(link, url)
    const fault =
      next && (stale >= stalePages || seen > mostPeople) ? message('listEndless') : faultOf(next, link, asked)
    // Whoever is given a page reads its rooms: first see whether the list goes on as it should.
    if (fault !== null) throw new TargetError('unexpected', fault, { trackingId })
    if (next?.named && !named.has(next.named)) {
      named.add(next.named)
      note(message('noteListElsewhere', { named: next.named, own: new URL(base).origin }))
    }
    yield { people, next: next?.url ?? null }
    url = next?.url ?? null
  }
}

function faultOf(next: ReturnType<typeof nextPage>, link: string | null, asked: ReadonlySet<string>): Message | null {
  if (next === undefined) return message('listLinkUnreadable', { link: (link ?? '').slice(0, 120) })
  return next !== null && asked.has(next.url) ? message('listLoops', { link: next.url.slice(0, 120) }) : null
}

/** A small number for a name: half a million names would take much memory, and here a few that coincide do no harm. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193)
  return hash & 0x3fffffff
}
