/** List People. */
import Type, { type Static } from 'typebox'
import { type DirectoryPerson, findByEmail, findByPersonIds, isNamed } from '../../store/people/directory.ts'
import {
  type DirectoryPage,
  listPeopleByDisplayName,
  listPeople as readPeople,
} from '../../store/people/directory-pages.ts'
import { listSites } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { PeopleAnswer } from '../../wire/people.ts'
import { text } from '../../wire/text.ts'
import { callerOf, holds } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { everybodyRead, peopleRead } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { asPerson, byPerson } from './person-answer.ts'

const maxIds = 85

const Query = Type.Object(
  {
    email: Type.Optional(text('The person with this e-mail address.', 320)),
    displayName: Type.Optional(text('People whose display name starts with this.')),
    id: Type.Optional(text('The people with these IDs, up to 85, separated by commas.', 16_384)),
    callingData: Type.Optional(Type.String({ description: 'Has no effect: Roomkey keeps no calling data.' })),
    excludeStatus: Type.Optional(Type.String({ description: 'Has no effect: Roomkey keeps no presence.' })),
    ...pageQuery,
  },
  { additionalProperties: false },
)

type Query = Static<typeof Query>

export function listPeople({ app, store }: Api): void {
  app.get(
    '/people',
    {
      config: { access: peopleRead },
      schema: {
        summary: 'List People',
        description:
          'Administrators see the people of their sites. Everybody else sees only themselves, and must give `email` or `displayName`.',
        tags: ['People'],
        querystring: Query,
        response: { 200: PeopleAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const forAdmin = holds(caller, everybodyRead)
      const { id, cursor } = request.query
      if (!forAdmin && request.query.email === undefined && request.query.displayName === undefined) {
        throw refuse(400, 'Name the person by email or displayName.')
      }

      const sites = new Map((await listSites(store.db, caller.sites)).map(site => [site.site_id, site]))
      const siteIds = [...sites.keys()]
      const place = readCursor(cursor, ['number', 'string', 'number'])
      const after = place && { siteId: place[0], phrase: place[1], person: place[2] }
      const page = forAdmin
        ? await find(store.db, siteIds, request.query, after)
        : onePage(await findOwnAccounts(store.db, siteIds, caller, request.query))

      const people = await withOtherSites(store.db, siteIds, page.people)
      if (page.next !== null) {
        linkNext(request, reply, writeCursor([page.next.siteId, page.next.phrase, page.next.person]))
      }
      const items = people.map(accounts => asPerson(accounts, sites, forAdmin))
      if (id === undefined) return { items }
      const found = new Set(items.map(person => person.id))
      return { items, notFoundIds: readIds(id).filter(each => !found.has(each)) }
    },
  )
}

async function find(
  db: Db,
  siteIds: number[],
  { id, email, displayName, max }: Query,
  after: Parameters<typeof readPeople>[2],
): Promise<DirectoryPage> {
  const limit = readPageSize(max)
  if (id !== undefined) return onePage(await findByPersonIds(db, siteIds, readIds(id)))
  if (email !== undefined) return onePage(await findByEmail(db, siteIds, email))
  if (displayName !== undefined) return listPeopleByDisplayName(db, siteIds, displayName, after, limit)
  return readPeople(db, siteIds, after, limit)
}

/** The caller's own accounts, if they match the query. */
async function findOwnAccounts(db: Db, siteIds: number[], { email }: Caller, query: Query): Promise<DirectoryPerson[]> {
  if (email === null) return []
  const own = await findByEmail(db, siteIds, email)
  const ids = query.id === undefined ? null : readIds(query.id)
  return own.filter(
    account =>
      (query.email === undefined || query.email.toLowerCase() === email) &&
      (ids === null || ids.includes(account.personId)) &&
      (query.displayName === undefined || isNamed(account, query.displayName)),
  )
}

/** Everybody on the page with their accounts on all sites. */
async function withOtherSites(db: Db, siteIds: number[], page: DirectoryPerson[]): Promise<DirectoryPerson[][]> {
  const people = byPerson(page)
  if (siteIds.length === 1) return people
  const all = byPerson(
    await findByPersonIds(
      db,
      siteIds,
      people.map(([account]) => account!.personId),
    ),
  )
  const accountsOf = new Map(all.map(accounts => [accounts[0]!.personId, accounts]))
  // Removed since the page was read: shown as they were.
  return people.map(accounts => accountsOf.get(accounts[0]!.personId) ?? accounts)
}

function onePage(people: DirectoryPerson[]): DirectoryPage {
  return { people, next: null }
}

function readIds(ids: string): string[] {
  const list = ids.split(',').map(id => id.trim())
  if (list.length > maxIds) throw refuse(400, `id must not have more than ${maxIds} person IDs.`)
  return list
}
