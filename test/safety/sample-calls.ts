/**
 * For every row of the access table, a call that is valid except perhaps for its caller. It is always about the first
 * site.
 */
import { consoleHeader, tokenIdOf } from './callers.ts'
import { alpha, planRotation, untilStill, type World } from './two-sites.ts'

/** For a token that ends before the session in which it is made. */
const soon = { expiresAt: new Date(Date.now() + 60 * 60_000).toISOString() }

export interface SampleCall {
  path: string
  body?: object
  headers?: Record<string, string>
  /** Waits for what the call began. */
  over?: () => Promise<void>
}

/** Prepares the subject of the call, again each time where the call uses it up. */
type Sample = (world: World) => SampleCall | Promise<SampleCall>

const site = `/api/sites/${alpha.url}`
const room = `${site}/rooms/person-alpha-ada`
const preferences = '/v1/meetingPreferences'
const ofColleague = `?siteUrl=${alpha.url}&userEmail=${alpha.colleague}`

const get =
  (path: string): Sample =>
  () => ({ path })
const send =
  (path: string, body: object): Sample =>
  () => ({ path, body })

/** A call about one's own preferences, and the same by an administrator for somebody else. */
function ownAndOthers(call: string, path: string, body?: object): Record<string, Sample> {
  const about =
    (query: string): Sample =>
    () => ({ path: `${path}${query}`, ...(body && { body }) })
  return { [`${call} | oneself`]: about(''), [`${call} | somebody else`]: about(ofColleague) }
}

const onRotation =
  (deed: string, which: 'planned' | 'finished'): Sample =>
  async world => {
    const number = which === 'finished' ? world.finished : await planRotation(world, alpha)
    return { path: `${site}/rotations/${number}${deed}` }
  }

const number = { countryCode: '1', number: '5550100', enabledCallInAuthentication: false, enabledCallMe: false }
const audio = {
  defaultAudioType: 'voipOnly',
  otherTeleconferenceDescription: '',
  enabledGlobalCallIn: false,
  enabledTollFree: false,
  enabledAutoConnection: false,
  officeNumber: number,
  mobileNumber: number,
}
const roomOptions = {
  topic: 'new topic',
  enabledAutoLock: false,
  autoLockMinutes: 10,
  enabledNotifyHost: true,
  supportCoHost: false,
  hostPin: '8352',
  coHosts: [],
}
const schedulingOptions = { enabledJoinBeforeHost: false, joinBeforeHostMinutes: 0, enabledAutoShareRecording: false }
const delegates = { emails: ['delegate@people.test'] }
const webhook = { name: 'new', targetUrl: 'https://receiver.test/', resource: 'rooms', event: 'updated' }

const meeting = {
  title: 'meeting',
  start: new Date(Date.now() + 24 * 60 * 60_000).toISOString(),
  end: new Date(Date.now() + 25 * 60 * 60_000).toISOString(),
  scheduledType: 'personalRoomMeeting',
}

/** A call about a meeting of one's own, and the same by an administrator about somebody else's. */
function onMeeting(call: string, body?: (hostEmail: string | undefined) => object): Record<string, Sample> {
  const about =
    (host: string, named: string | undefined): Sample =>
    async ({ arrange }) => {
      const made = await arrange('POST', '/v1/meetings', { ...meeting, siteUrl: alpha.url, hostEmail: host })
      const path = `/v1/meetings/${made.body.id}`
      if (body !== undefined) return { path, body: body(named) }
      return { path: named === undefined ? path : `${path}?hostEmail=${named}` }
    }
  return {
    [`${call} | oneself`]: about(alpha.host, undefined),
    [`${call} | somebody else`]: about(alpha.colleague, alpha.colleague),
  }
}

/** The sites of a connection that was ended. */
const withoutConnection =
  (body?: object): Sample =>
  async world => {
    await world.arrange('DELETE', '/api/webex-connection')
    return { path: '/api/webex-connection/sites', ...(body && { body }) }
  }

export const sampleCalls: Record<string, Sample> = {
  'GET /metrics |': get('/metrics'),
  'POST /v1/admin/meetingPreferences/personalMeetingRoom/refreshId |': ({ fresh }) => ({
    path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
    body: {
      siteUrl: alpha.url,
      personalMeetingRoomIds: [{ email: alpha.colleague, personalMeetingRoomId: `alpha.new.${fresh()}` }],
    },
  }),
  ...ownAndOthers('GET /v1/meetingPreferences', preferences),
  ...ownAndOthers('GET /v1/meetingPreferences/personalMeetingRoom', `${preferences}/personalMeetingRoom`),
  ...ownAndOthers('PUT /v1/meetingPreferences/personalMeetingRoom', `${preferences}/personalMeetingRoom`, roomOptions),
  ...ownAndOthers('GET /v1/meetingPreferences/audio', `${preferences}/audio`),
  ...ownAndOthers('PUT /v1/meetingPreferences/audio', `${preferences}/audio`, audio),
  ...ownAndOthers('GET /v1/meetingPreferences/video', `${preferences}/video`),
  ...ownAndOthers('PUT /v1/meetingPreferences/video', `${preferences}/video`, { videoDevices: [] }),
  ...ownAndOthers('GET /v1/meetingPreferences/schedulingOptions', `${preferences}/schedulingOptions`),
  ...ownAndOthers(
    'PUT /v1/meetingPreferences/schedulingOptions',
    `${preferences}/schedulingOptions`,
    schedulingOptions,
  ),
  ...ownAndOthers(
    'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/insert',
    `${preferences}/schedulingOptions/delegateEmails/insert`,
    delegates,
  ),
  ...ownAndOthers(
    'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/delete',
    `${preferences}/schedulingOptions/delegateEmails/delete`,
    delegates,
  ),
  ...ownAndOthers('GET /v1/meetingPreferences/sites', `${preferences}/sites`),
  'PUT /v1/meetingPreferences/sites | oneself': send(`${preferences}/sites?defaultSite=true`, { siteUrl: alpha.url }),
  'PUT /v1/meetingPreferences/sites | somebody else': send(
    `${preferences}/sites?defaultSite=true&userEmail=${alpha.colleague}`,
    { siteUrl: alpha.url },
  ),
  'GET /v1/admin/meeting/config/commonSettings |': get(`/v1/admin/meeting/config/commonSettings?siteUrl=${alpha.url}`),
  'PATCH /v1/admin/meeting/config/commonSettings |': send(
    `/v1/admin/meeting/config/commonSettings?siteUrl=${alpha.url}`,
    { scheduleMeetingOptions: { emailReminders: true } },
  ),
  'GET /v1/people | everybody': get('/v1/people'),
  'GET /v1/people | by e-mail': get(`/v1/people?email=${alpha.host}`),
  'GET /v1/authorizations/tokenExpiry |': get('/v1/authorizations/tokenExpiry'),
  'GET /v1/people/me |': get('/v1/people/me'),
  'GET /v1/people/:personId | the host': get('/v1/people/person-alpha-ada'),
  'GET /v1/people/:personId | a colleague': get('/v1/people/person-alpha-benjamin'),
  'POST /v1/people |': ({ fresh }) => ({
    path: '/v1/people',
    body: { emails: [`new-${fresh()}@alpha.test`], displayName: 'New alpha', siteUrls: [alpha.url] },
  }),
  'PUT /v1/people/:personId |': send('/v1/people/person-alpha-guest', { displayName: 'guest alpha' }),
  'DELETE /v1/people/:personId |': async ({ arrange, fresh }) => {
    const person = { emails: [`gone-${fresh()}@alpha.test`], displayName: 'Gone alpha', siteUrls: [alpha.url] }
    return { path: `/v1/people/${(await arrange('POST', '/v1/people', person)).body.id}` }
  },
  'GET /v1/meetings | oneself': get('/v1/meetings'),
  'GET /v1/meetings | somebody else': get(`/v1/meetings?siteUrl=${alpha.url}&hostEmail=${alpha.colleague}`),
  'POST /v1/meetings | oneself': send('/v1/meetings', meeting),
  'POST /v1/meetings | somebody else': send('/v1/meetings', {
    ...meeting,
    siteUrl: alpha.url,
    hostEmail: alpha.colleague,
  }),
  ...onMeeting('GET /v1/meetings/:meetingId'),
  ...onMeeting('PATCH /v1/meetings/:meetingId', email => ({ title: 'new', ...(email && { hostEmail: email }) })),
  ...onMeeting('PUT /v1/meetings/:meetingId', email => ({ title: 'new', ...(email && { hostEmail: email }) })),
  ...onMeeting('DELETE /v1/meetings/:meetingId'),
  'GET /v1/webhooks |': get('/v1/webhooks'),
  'POST /v1/webhooks |': send('/v1/webhooks', webhook),
  'GET /v1/webhooks/:webhookId |': world => ({ path: `/v1/webhooks/${world.webhookId}` }),
  'PUT /v1/webhooks/:webhookId |': world => ({
    path: `/v1/webhooks/${world.webhookId}`,
    body: { name: 'alpha', targetUrl: 'https://alpha.test/' },
  }),
  'DELETE /v1/webhooks/:webhookId |': async world => {
    const { service } = world
    const admin = await service.addToken({ role: 'siteAdmin', sites: [alpha.url] })
    const made = await service.call('POST', '/v1/webhooks', webhook, { authorization: `Bearer ${admin}` })
    return { path: `/v1/webhooks/${made.body.id}` }
  },
  'GET /api/webhooks/:webhookId/deliveries |': world => ({ path: `/api/webhooks/${world.webhookId}/deliveries` }),
  'POST /api/webhooks/:webhookId/replay |': world => ({ path: `/api/webhooks/${world.webhookId}/replay`, body: {} }),
  'GET /api/sites |': get('/api/sites'),
  'POST /api/sites |': ({ fresh }) => ({ path: '/api/sites', body: { siteUrl: `new-${fresh()}.webex.test` } }),
  'GET /api/sites/:siteUrl |': get(site),
  'PATCH /api/sites/:siteUrl |': send(site, { movedPage: false }),
  'PUT /api/sites/:siteUrl/lock |': world => ({
    path: `${site}/lock`,
    body: { minutes: 1 },
    over: async () => void (await world.service.store.write('unlockSite', await lockOf(world))),
  }),
  'DELETE /api/sites/:siteUrl/lock |': get(`${site}/lock`),
  'GET /api/sites/:siteUrl/sync |': get(`${site}/sync`),
  'POST /api/sites/:siteUrl/sync/start |': send(`${site}/sync/start`, {}),
  'POST /api/sites/:siteUrl/sync/stop |': get(`${site}/sync/stop`),
  'GET /api/sites/:siteUrl/rooms |': get(`${site}/rooms`),
  'GET /api/sites/:siteUrl/rooms/:personId |': get(room),
  'PATCH /api/sites/:siteUrl/rooms/:personId |': send(room, { suspended: false }),
  'GET /api/sites/:siteUrl/rooms/:personId/history |': get(`${room}/history`),
  'GET /api/sites/:siteUrl/ids/:id |': get(`${site}/ids/alpha.ada`),
  'GET /api/sites/:siteUrl/changes |': get(`${site}/changes`),
  'GET /api/sites/:siteUrl/changes/:change |': async ({ arrange }) => ({
    path: `${site}/changes/${(await arrange('GET', `${site}/changes`)).body.items[0].change}`,
  }),
  'GET /api/sites/:siteUrl/departments |': get(`${site}/departments`),
  'POST /api/sites/:siteUrl/people/import |': () => ({
    path: `${site}/people/import?name=alpha.csv`,
    headers: { 'content-type': 'text/csv' },
    body: Buffer.from('email\nnewcomer@alpha.example.com\n'),
  }),
  'GET /api/sites/:siteUrl/examples |': get(`${site}/examples?generationMethod=emailPrefix&prefix=pr&length=12`),
  'GET /api/audit |': get(`/api/audit?siteUrl=${alpha.url}`),
  'POST /api/audit |': () => ({
    path: '/api/audit?name=rooms.csv',
    headers: { 'content-type': 'text/csv' },
    body: Buffer.from('email,personalMeetingRoomId\nnobody@example.com,nobody\n'),
  }),
  'GET /api/audit-events | of a site': get(`/api/audit-events?siteUrl=${alpha.url}`),
  'GET /api/audit-events | of the service': get('/api/audit-events'),
  'GET /api/tokens |': get('/api/tokens'),
  'POST /api/tokens | for a site': send('/api/tokens', {
    ...soon,
    name: 'alpha token',
    role: 'siteAdmin',
    scopes: ['roomkey:admin'],
    sites: [alpha.url],
  }),
  'POST /api/tokens | for every site': send('/api/tokens', {
    ...soon,
    name: 'new token',
    role: 'siteAdmin',
    scopes: ['roomkey:admin'],
  }),
  'POST /api/tokens | full administrator': send('/api/tokens', {
    ...soon,
    name: 'alpha token',
    role: 'fullAdmin',
    scopes: ['roomkey:admin'],
    sites: [alpha.url],
  }),
  'POST /api/tokens | content administrator': send('/api/tokens', {
    ...soon,
    name: 'alpha token',
    role: 'contentAdmin',
    scopes: ['meeting:admin_preferences_read'],
    sites: [alpha.url],
  }),
  'DELETE /api/tokens/:id | of a site': async world => {
    const token = await world.service.addToken({ role: 'siteAdmin', sites: [alpha.url] })
    return { path: `/api/tokens/${await tokenIdOf(world.service, token)}` }
  },
  'DELETE /api/tokens/:id | of a full administrator of a site': async world => {
    const token = await world.service.addToken({ sites: [alpha.url] })
    return { path: `/api/tokens/${await tokenIdOf(world.service, token)}` }
  },
  'DELETE /api/tokens/:id | of every site': async world => {
    const token = await world.service.addToken({})
    return { path: `/api/tokens/${await tokenIdOf(world.service, token)}` }
  },
  'GET /api/sites/:siteUrl/rotations |': get(`${site}/rotations`),
  'POST /api/sites/:siteUrl/rotations |': send(`${site}/rotations`, {
    people: { who: 'listed', name: 'alpha.csv', csv: `email\n${alpha.host}\n` },
    ids: { kind: 'random', prefix: '', bits: 60 },
    canary: 0,
    freeze: false,
  }),
  'POST /api/sites/:siteUrl/rotations/listed |': () => ({
    path: `${site}/rotations/listed?name=alpha.csv&plan=${encodeURIComponent('{"ids":{"kind":"words","bits":40},"canary":0,"freeze":false}')}`,
    headers: { 'content-type': 'text/csv' },
    body: Buffer.from(`email\n${alpha.host}\n`),
  }),
  'GET /api/sites/:siteUrl/rotations/:rotation |': onRotation('', 'finished'),
  'DELETE /api/sites/:siteUrl/rotations/:rotation |': onRotation('', 'planned'),
  'GET /api/sites/:siteUrl/rotations/:rotation/items |': onRotation('/items', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/meetings |': onRotation('/meetings', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/strengths |': onRotation('/strengths', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/timeline |': onRotation('/timeline', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/files/:file |': onRotation('/files/report.csv', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/events |': onRotation('/events', 'finished'),
  'POST /api/sites/:siteUrl/rotations/:rotation/approve |': onRotation('/approve', 'planned'),
  'POST /api/sites/:siteUrl/rotations/:rotation/start |': async world => {
    const rotation = await planRotation(world, alpha)
    return { path: `${site}/rotations/${rotation}/start`, over: () => untilStill(world, alpha, rotation) }
  },
  'POST /api/sites/:siteUrl/rotations/:rotation/resume |': onRotation('/resume', 'finished'),
  'POST /api/sites/:siteUrl/rotations/:rotation/pause |': onRotation('/pause', 'finished'),
  'GET /api/sites/:siteUrl/rotations/:rotation/undo |': onRotation('/undo', 'finished'),
  'POST /api/sites/:siteUrl/rotations/:rotation/undo |': onRotation('/undo', 'finished'),
  'POST /api/sites/:siteUrl/rotations/:rotation/rehearse |': onRotation('/rehearse', 'planned'),
  'POST /api/sites/:siteUrl/rotations/:rotation/verify |': onRotation('/verify', 'finished'),
  'GET /api/webex-connection |': get('/api/webex-connection'),
  'PUT /api/webex-connection |': send('/api/webex-connection', { token: 'a-token-of-webex' }),
  'DELETE /api/webex-connection |': get('/api/webex-connection'),
  'GET /api/webex-connection/sites |': withoutConnection(),
  'POST /api/webex-connection/sites |': withoutConnection({ siteUrl: 'gamma.webex.test' }),
  'POST /api/webex-connection/sign-in |': send('/api/webex-connection/sign-in', { clientId: 'C', clientSecret: 's' }),
  'GET /api/webex-connection/callback |': get('/api/webex-connection/callback?state=nobodys&code=x'),
  'GET /api/session |': get('/api/session'),
  'POST /api/session |': ({ service }) => ({
    path: '/api/session',
    body: { token: service.token },
    headers: { [consoleHeader]: '1' },
  }),
  'DELETE /api/session |': () => ({ path: '/api/session', headers: { [consoleHeader]: '1' } }),
  'GET /meet/:id |': () => ({ path: '/meet/alpha.carol', headers: { host: alpha.url } }),
  'GET /api/proof |': get(`/api/proof?challenge=${'x'.repeat(32)}`),
  'GET /healthz |': get('/healthz'),
  'GET /readyz |': get('/readyz'),
  'GET /openapi.json |': get('/openapi.json'),
  'GET /docs |': get('/docs'),
  'GET /docs/start.js |': get('/docs/start.js'),
  'GET /docs/supported.md |': get('/docs/supported.md'),
  'GET /docs/swagger-ui.css |': get('/docs/swagger-ui.css'),
  'GET /docs/swagger-ui-bundle.js |': get('/docs/swagger-ui-bundle.js'),
  'GET / |': get('/'),
  'GET /sites/* |': get('/sites/alpha.webex.com/rotations/1'),
  'GET /rooms |': get('/rooms'),
  'GET /rooms/* |': get('/rooms/person-alpha-ada'),
  'GET /rotations |': get('/rotations'),
  'GET /rotations/* |': get('/rotations/1'),
  'GET /history |': get('/history'),
  'GET /settings |': get('/settings'),
  'GET /console/* |': get('/console/index.html'),
}

async function lockOf({ service }: World): Promise<{ siteId: number; tokenId: string }> {
  const { db } = service.store
  const row = await db.selectFrom('site').selectAll().where('url', '=', alpha.url).executeTakeFirstOrThrow()
  return { siteId: row.site_id, tokenId: row.lock_token_id ?? '' }
}
