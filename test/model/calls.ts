/** The calls that the model knows, as plain data, and how each is sent to the service. */
import type { App } from '#roomkey/http/app.js'
import { refreshPath } from '../support/service.ts'
import type { Method, TokenKind, World } from './world.ts'

export interface Membership {
  site: number
  host: boolean
}

export interface SiteChanges {
  generationMethod?: Method
  prefix?: string
  length?: number
  quarantineDays?: number
  allowCustomUrl?: boolean
}

/** `as` names the token of the caller. */
export type Call = { as: string } & (
  | { call: 'addPerson'; email: string; on: Membership[] }
  /** Absent where the answer does not show the person. */
  | { call: 'changePerson'; personId: string; email: string; on: Membership[]; silent: boolean }
  | { call: 'removePerson'; personId: string }
  | {
      call: 'refresh'
      site: number
      by: 'email' | 'personId'
      /** An ID of null asks the site's rule for one. */
      items: { address: string; id: string | null }[]
      key: string | null
    }
  | { call: 'choose'; site: number; email: string; id: string }
  | { call: 'changeSite'; site: number; changes: SiteChanges }
  | { call: 'mark'; site: number; personId: string; marks: { suspended?: boolean; pinned?: boolean } }
  | { call: 'lock'; site: number; minutes: number }
  | { call: 'unlock'; site: number }
  | { call: 'issueToken'; name: string; kind: TokenKind; email: string | null; expiresAt: number | null }
  | { call: 'revokeToken'; name: string }
  | { call: 'lookup'; site: number; id: string }
  | { call: 'whoHeld'; site: number; id: string; at: number | null }
  | { call: 'room'; site: number; personId: string }
  | { call: 'history'; site: number; personId: string }
)

export interface Answer {
  status: number
  replayed: boolean
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes; the model says which.
  body: any
}

/** The real service, beside the model. */
export interface Real {
  /** One or several services on the same database, called in turn. */
  apps: App[]
  /** The secrets and the IDs of tokens, by the names that the model has for them. */
  tokens: Map<string, { token: string; id: string }>
}

export const firstName = (email: string): string => email.slice(0, email.indexOf('@'))
export const lastName = 'Ives'

const hostScopes = ['meeting:preferences_read', 'meeting:preferences_write']
const roomOptions = {
  topic: 'Room',
  hostPin: '2580',
  enabledAutoLock: false,
  autoLockMinutes: 10,
  enabledNotifyHost: true,
  supportCoHost: false,
  coHosts: [],
}

let calls = 0

/** Sends a call, and waits for its answer. */
export async function send(real: Real, { sites }: World, call: Call, allScopes: readonly string[]): Promise<Answer> {
  const url = (site: number) => sites[site]!.url
  const siteUrls = (on: Membership[]) => on.map(({ site, host }) => url(site) + (host ? '' : '#attendee'))
  const details = (email: string) => ({
    emails: [email],
    firstName: firstName(email),
    lastName,
    displayName: `${firstName(email)} ${lastName}`,
  })
  switch (call.call) {
    case 'addPerson':
      return post('POST', '/v1/people', { ...details(call.email), siteUrls: siteUrls(call.on) })
    case 'changePerson':
      return post('PUT', `/v1/people/${call.personId}?minResponse=${call.silent}`, {
        ...details(call.email),
        siteUrls: siteUrls(call.on),
      })
    case 'removePerson':
      return post('DELETE', `/v1/people/${call.personId}`)
    case 'refresh': {
      const personalMeetingRoomIds = call.items.map(({ address, id }) => ({
        [call.by]: address,
        ...(id === null ? { systemGenerated: true } : { personalMeetingRoomId: id }),
      }))
      const headers = call.key === null ? {} : { 'idempotency-key': call.key }
      return post('POST', refreshPath, { siteUrl: url(call.site), personalMeetingRoomIds }, headers)
    }
    case 'choose': {
      const query = new URLSearchParams({ siteUrl: url(call.site), userEmail: call.email })
      const personalMeetingRoomLink = `https://${url(call.site)}/meet/${call.id}`
      const path = `/v1/meetingPreferences/personalMeetingRoom?${query}`
      return post('PUT', path, { ...roomOptions, personalMeetingRoomLink })
    }
    case 'changeSite':
      return post('PATCH', `/api/sites/${url(call.site)}`, call.changes)
    case 'mark':
      return post('PATCH', `/api/sites/${url(call.site)}/rooms/${call.personId}`, call.marks)
    case 'lock':
      return post('PUT', `/api/sites/${url(call.site)}/lock`, { minutes: call.minutes })
    case 'unlock':
      return post('DELETE', `/api/sites/${url(call.site)}/lock`)
    case 'issueToken': {
      const { name, kind, email, expiresAt } = call
      const answer = await post('POST', '/api/tokens', {
        name,
        role: { full: 'fullAdmin', firstSite: 'siteAdmin', host: 'user' }[kind],
        scopes: kind === 'host' ? hostScopes : allScopes,
        ...(kind === 'firstSite' ? { sites: [url(0)] } : {}),
        ...(email === null ? {} : { email }),
        ...(expiresAt === null ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
      })
      if (answer.status === 201) real.tokens.set(name, { token: answer.body.token, id: answer.body.id })
      return answer
    }
    case 'revokeToken':
      return post('DELETE', `/api/tokens/${real.tokens.get(call.name)!.id}`)
    case 'lookup':
      return post('GET', `/meet/${encodeURIComponent(call.id)}`, undefined, { host: url(call.site) })
    case 'whoHeld': {
      const query = call.at === null ? '' : `?${new URLSearchParams({ at: new Date(call.at).toISOString() })}`
      return post('GET', `/api/sites/${url(call.site)}/ids/${encodeURIComponent(call.id)}${query}`)
    }
    case 'room':
      return post('GET', `/api/sites/${url(call.site)}/rooms/${call.personId}`)
    case 'history':
      return post('GET', `/api/sites/${url(call.site)}/rooms/${call.personId}/history`)
  }

  async function post(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    calls += 1
    const { token } = real.tokens.get(call.as)!
    const accept = 'application/problem+json, application/json'
    const answer = await real.apps[calls % real.apps.length]!.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${token}`, accept, ...headers },
      // Every lookup comes from another client, so that none reaches the limit on guessing.
      remoteAddress: `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`,
      ...(body === undefined ? {} : { payload: body }),
    })
    return {
      status: answer.statusCode,
      replayed: answer.headers['idempotent-replayed'] === 'true',
      body: String(answer.headers['content-type'] ?? '').includes('json') ? JSON.parse(answer.body) : answer.body,
    }
  }
}
