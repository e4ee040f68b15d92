/** Create, Update and Delete a Person. */
import Type from 'typebox'
import { completeNames } from '../../rooms/split-name.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import type { Admission, AdmissionRefusal } from '../../store/people/admit-people.ts'
import type { PersonDetails } from '../../store/people/change-person.ts'
import { newPersonId } from '../../store/people/new-person-id.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { NewPersonRequest, PersonAnswer, PersonUpdate } from '../../wire/people.ts'
import { actorOf } from '../access/actor.ts'
import { callerOf } from '../access/auth.ts'
import type { Caller } from '../access/caller.ts'
import { peopleWrite } from '../access/scopes.ts'
import { heldSiteFor, refuseMirrored } from '../access/site-access.ts'
import type { Api } from '../app.ts'
import { type ApiError, refuse } from '../plumbing/errors.ts'
import { type Accounts, accountsOf, PersonParams } from './one-person.ts'
import { asPerson } from './person-answer.ts'
import { defaultSite } from './preference-subject.ts'
import { refusedBatch } from './refresh-refusals.ts'

const flag = (description: string) => Type.Optional(Type.Enum(['true', 'false'], { description }))

const Query = Type.Object(
  {
    callingData: flag('Has no effect: Roomkey keeps no calling data.'),
    showAllTypes: flag('Has no effect: attendees are always shown.'),
    minResponse: flag('True to leave the details out of the answer.'),
  },
  { additionalProperties: false },
)

/** On Webex, the person could not sign in any more; whoever asks for that must not believe that it was done. */
function refuseDisabled(loginEnabled: unknown): void {
  if (String(loginEnabled) !== 'false') return
  throw refuse(
    400,
    'Roomkey has no sign-in to switch off, so loginEnabled cannot be false; suspend the room or delete the person.',
  )
}

export function changePeople({ app, store }: Api): void {
  app.post(
    '/people',
    {
      config: { access: peopleWrite },
      schema: {
        summary: 'Create a Person',
        description: "A host gets a personal meeting room, with an ID by the site's rule.",
        tags: ['People'],
        querystring: Query,
        body: NewPersonRequest,
        response: { 200: Type.Partial(PersonAnswer), '4xx': ErrorAnswer },
      },
    },
    async request => {
      const caller = callerOf(request)
      const { emails, department, siteUrls, loginEnabled } = request.body
      refuseDisabled(loginEnabled)
      const names = completeNames(request.body)
      if (names === undefined) throw refuse(400, 'Give displayName, firstName or lastName.')
      const memberships = siteUrls?.length
        ? await readMemberships(store.db, caller, siteUrls)
        : [{ site: await defaultSite(store.db, caller, null), host: true }]
      for (const { site } of memberships) refuseMirrored(site)

      const personId = newPersonId()
      const person = { ...names, personId, email: emails[0]!, department: department ?? null }
      const outcome = await store.write('admitToSites', {
        admissions: admissions(actorOf(request), person, memberships),
      })
      if ('refusals' in outcome) throw refusedAdmission(outcome.refusals[0]!)
      if (request.query.minResponse === 'true') return { id: personId }
      const { sites, accounts } = await accountsOf(store.db, caller, personId)
      return asPerson(accounts, sites, true)
    },
  )

  app.put(
    '/people/:personId',
    {
      config: { access: peopleWrite },
      schema: {
        summary: 'Update a Person',
        description:
          'Replaces the details. A site in `siteUrls` makes the person a host there, or with `#attendee` an attendee, whose room gives its ID up; an account is added on a new site. Sites that are not named stay as they are.',
        tags: ['People'],
        params: PersonParams,
        querystring: Query,
        body: PersonUpdate,
        response: { 200: PersonAnswer, 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { personId } = request.params
      const { emails, department, siteUrls = [], loginEnabled } = request.body
      refuseDisabled(loginEnabled)
      const { accounts, sites } = await accountsOf(store.db, caller, personId)
      refuseMirroredAccounts(sites, accounts)
      const memberships = await readMemberships(store.db, caller, siteUrls)
      const details = {
        ...completeNames(request.body)!,
        email: emails?.[0] ?? accounts[0]!.email,
        department: department ?? null,
      }
      const added = memberships.filter(({ site }) => accounts.every(account => account.siteId !== site.site_id))
      const hosts = new Map(memberships.map(({ site, host }) => [site.site_id, host]))

      const outcome = await store.write('changePerson', {
        ...actorOf(request),
        accounts: accounts.map(({ siteId, person, host }) => ({
          siteId,
          person,
          host: hosts.get(siteId) ?? host === 1,
        })),
        details,
        added: admissions(actorOf(request), { ...details, personId }, added),
      })
      if ('refusals' in outcome) throw refusedAdmission(outcome.refusals[0]!)
      if (outcome.changed === 0) throw refuse(404, 'Person was not found.')
      if (request.query.minResponse === 'true') return reply.code(204).send(null)
      const after = await accountsOf(store.db, caller, personId)
      return reply.send(asPerson(after.accounts, after.sites, true))
    },
  )

  app.delete(
    '/people/:personId',
    {
      config: { access: peopleWrite },
      schema: {
        summary: 'Delete a Person',
        description:
          "From all of the caller's sites. The address is free immediately, the room's ID after the quarantine.",
        tags: ['People'],
        params: PersonParams,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { accounts, sites } = await accountsOf(store.db, callerOf(request), request.params.personId)
      refuseMirroredAccounts(sites, accounts)
      const removed = await store.write('removePerson', {
        ...actorOf(request),
        accounts: accounts.map(({ siteId, person }) => ({ siteId, person })),
      })
      if (removed === 0) throw refuse(404, 'Person was not found.')
      return reply.code(204).send(null)
    },
  )
}

/** One person to be added to each of these sites. */
function admissions(
  actor: Actor,
  person: PersonDetails & { personId: string },
  memberships: Membership[],
): Admission[] {
  const newcomer = { ...person, username: null, suspended: false, pinned: false, roomId: null }
  return memberships.map(({ site, host }) => ({
    ...actor,
    siteId: site.site_id,
    people: [{ ...newcomer, host }],
    auditAction: 'person.created',
  }))
}

interface Membership {
  site: Site
  host: boolean
}

/** Reads `example.webex.com` and `example.webex.com#attendee`. @throws ApiError for a site that is not the caller's. */
async function readMemberships(db: Db, caller: Caller, siteUrls: string[]): Promise<Membership[]> {
  const memberships = []
  for (const siteUrl of siteUrls) {
    const [url, role] = siteUrl.split('#', 2)
    if (role !== undefined && role !== 'attendee') throw refuse(400, 'In siteUrls, only attendee may follow #.')
    memberships.push({ site: await heldSiteFor(db, caller, url!), host: role === undefined })
  }
  if (new Set(memberships.map(({ site }) => site.site_id)).size < memberships.length) {
    throw refuse(400, 'A site appears more than once in siteUrls.')
  }
  return memberships
}

/** Somebody who is on a mirrored site is changed at its target. */
function refuseMirroredAccounts(sites: Accounts['sites'], accounts: Accounts['accounts']): void {
  for (const { siteId } of accounts) refuseMirrored(sites.get(siteId)!)
}

function refusedAdmission(refusal: AdmissionRefusal): ApiError {
  switch (refusal.reason) {
    case 'EmailTaken':
    case 'PersonIdTaken':
      return refuse(409, 'A person with this e-mail address already exists on this site.')
    default:
      return refusedBatch([refusal], 'email')
  }
}
