/** Get and Update Scheduling Options; Insert and Delete Delegate Emails. */
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isEmail } from '../../rooms/email-address.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { DelegateEmails, Scheduling, SchedulingUpdate } from '../../wire/preferences.ts'
import { callerOf } from '../access/auth.ts'
import { othersPreferencesRead, preferencesRead, preferencesWrite, refreshAccess } from '../access/scopes.ts'
import type { Api } from '../app.ts'
import { longListBytes } from '../limits/body-size.ts'
import { refuse } from '../plumbing/errors.ts'
import { preferenceSubject, SubjectQuery } from './preference-subject.ts'
import { readStored, storePreference } from './stored-preference.ts'

const path = '/meetingPreferences/schedulingOptions'
const maxDelegates = 100

export const defaultScheduling: Scheduling = {
  enabledJoinBeforeHost: false,
  joinBeforeHostMinutes: 0,
  enabledAutoShareRecording: false,
  enabledWebexAssistantByDefault: false,
  delegateEmails: [],
}

export function scheduling({ app, store }: Api): void {
  app.get(
    path,
    {
      config: { access: preferencesRead },
      schema: {
        summary: 'Get Scheduling Options',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        response: { 200: Scheduling, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { person } = await preferenceSubject(store.db, callerOf(request), request.query, othersPreferencesRead)
      return readStored(store.db, person, 'schedulingOptions', defaultScheduling)
    },
  )

  app.put(
    path,
    {
      bodyLimit: longListBytes,
      config: { access: preferencesWrite },
      schema: {
        summary: 'Update Scheduling Options',
        description: 'Without `delegateEmails`, or with null, the delegates stay; an empty list removes them.',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: SchedulingUpdate,
        response: { 200: Scheduling, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { delegateEmails, ...options } = request.body
      const delegates = delegateEmails == null ? undefined : readAddresses(delegateEmails)
      return change(request, request.query, before => ({
        ...before,
        ...options,
        delegateEmails: delegates ?? before.delegateEmails,
      }))
    },
  )

  app.post(
    `${path}/delegateEmails/insert`,
    {
      bodyLimit: longListBytes,
      config: { access: preferencesWrite },
      schema: {
        summary: 'Insert Delegate Emails',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: DelegateEmails,
        response: { 200: DelegateEmails, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const inserted = readAddresses(request.body.emails)
      const { delegateEmails } = await change(request, request.query, before => ({
        ...before,
        delegateEmails: distinct([...before.delegateEmails, ...inserted]),
      }))
      return { emails: delegateEmails }
    },
  )

  app.post(
    `${path}/delegateEmails/delete`,
    {
      bodyLimit: longListBytes,
      config: { access: preferencesWrite },
      schema: {
        summary: 'Delete Delegate Emails',
        tags: ['Preferences'],
        querystring: SubjectQuery,
        body: DelegateEmails,
        response: { 204: Type.Null(), '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const removed = new Set(readAddresses(request.body.emails).map(address => address.toLowerCase()))
      await change(request, request.query, before => ({
        ...before,
        delegateEmails: before.delegateEmails.filter(address => !removed.has(address.toLowerCase())),
      }))
      return reply.code(204).send(null)
    },
  )

  async function change(
    request: FastifyRequest,
    query: SubjectQuery,
    next: (before: Scheduling) => Scheduling,
  ): Promise<Scheduling> {
    const about = await preferenceSubject(store.db, callerOf(request), query, refreshAccess)
    const value = next(await readStored(store.db, about.person, 'schedulingOptions', defaultScheduling))
    if (value.delegateEmails.length > maxDelegates) {
      throw refuse(400, `There must not be more than ${maxDelegates} delegates.`)
    }
    await storePreference(store, request, about, { kind: 'schedulingOptions', value })
    return value
  }
}

/** The published example has two addresses in one text, separated by a comma. */
function readAddresses(texts: string[]): string[] {
  const addresses = texts.flatMap(text => text.split(',').map(address => address.trim()))
  const wrong = addresses.findIndex(address => !isEmail(address))
  if (wrong !== -1) throw refuse(400, `E-mail address ${wrong + 1} is not valid.`)
  return distinct(addresses)
}

function distinct(addresses: string[]): string[] {
  const seen = new Set<string>()
  return addresses.filter(address => {
    const key = address.toLowerCase()
    return seen.has(key) ? false : seen.add(key)
  })
}
