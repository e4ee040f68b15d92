/** Get Person Details and Get My Own Details. */
import Type from 'typebox'
import { type DirectoryPerson, findByEmail, findByPersonIds } from '../../store/people/directory.ts'
import { listSites, type Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { PersonAnswer } from '../../wire/people.ts'
import { text } from '../../wire/text.ts'
import { callerOf, holds } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { everybodyRead, peopleRead } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'
import { asPerson } from './person-answer.ts'

export const PersonParams = Type.Object({ personId: text('The person.') })

const Query = Type.Object(
  { callingData: Type.Optional(Type.String({ description: 'Has no effect: Roomkey keeps no calling data.' })) },
  { additionalProperties: false },
)

export function onePerson({ app, store }: Api): void {
  app.get(
    '/people/me',
    {
      config: { access: peopleRead },
      schema: {
        summary: 'Get My Own Details',
        tags: ['People'],
        querystring: Query,
        response: { 200: PersonAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { sites, accounts } = await ownAccounts(store.db, caller)
      if (accounts.length === 0) throw refuse(404, 'The access token belongs to nobody on these sites.')
      return asPerson(accounts, sites, holds(caller, everybodyRead))
    },
  )

  app.get(
    '/people/:personId',
    {
      config: { access: peopleRead },
      schema: {
        summary: 'Get Person Details',
        tags: ['People'],
        params: PersonParams,
        querystring: Query,
        response: { 200: PersonAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { personId } = request.params
      if (holds(caller, everybodyRead)) {
        const { sites, accounts } = await accountsOf(store.db, caller, personId)
        return asPerson(accounts, sites, true)
      }
      const { sites, accounts } = await ownAccounts(store.db, caller)
      const own = accounts.filter(account => account.personId === personId)
      if (own.length === 0) throw refuse(403, 'The access token is for the details of its own person only.')
      return asPerson(own, sites, false)
    },
  )
}

export interface Accounts {
  sites: Map<number, Site>
  accounts: DirectoryPerson[]
}

/** A person's accounts on the caller's sites. @throws ApiError 404 where there is none. */
export async function accountsOf(db: Db, caller: Caller, personId: string): Promise<Accounts> {
  const sites = await sitesOf(db, caller)
  const accounts = await findByPersonIds(db, [...sites.keys()], [personId])
  if (accounts.length === 0) throw refuse(404, 'Person was not found.')
  return { sites, accounts }
}

export async function sitesOf(db: Db, caller: Caller): Promise<Map<number, Site>> {
  return new Map((await listSites(db, caller.sites)).map(site => [site.site_id, site]))
}

async function ownAccounts(db: Db, caller: Caller): Promise<Accounts> {
  const sites = await sitesOf(db, caller)
  return { sites, accounts: caller.email === null ? [] : await findByEmail(db, [...sites.keys()], caller.email) }
}
