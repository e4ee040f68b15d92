/** A service to be fuzzed: a process of its own behind a real socket, over a database with a little of everything. */
import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'
import { emptyDatabase, type TestEngine } from '../support/engines.ts'
import { startServiceOn } from '../support/service.ts'

export interface FuzzedService {
  port: number
  /** Tokens, by their rights. */
  tokens: Record<'fullAdmin' | 'siteAdmin' | 'user', string>
  /** Session cookies of full administrators. Signing out ends one. */
  sessions: string[]
  /** Valid values, by the name of their field or parameter. */
  words: Record<string, string[]>
  /** Valid bodies, by operation. */
  bodies: Record<string, unknown[]>
  /** Complaints of the process: logged failures, unhandled rejections, warnings. */
  faults: string[]
  /** Heap in use after a collection, and open connections. */
  weigh(): Promise<{ heapMb: number; connections: number }>
  stop(): Promise<void>
}

const sites = ['example.webex.com', 'other.webex.com']
const names = ['ada', 'ben', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'jan']
const emails = names.map(name => `${name}@example.com`)
/** People who are added and removed: most deleted ones are among them. */
const others = Array.from({ length: 60 }, (_, n) => `other${n}`)
const personIds = [...names, ...others].map(name => `person-${name}`)

const rotationsTemplate = '/api/sites/{siteUrl}/rotations'
const rotationsPath = `/api/sites/${sites[0]}/rotations`
const webhook = { name: 'changes', targetUrl: 'https://receiver.test/', resource: 'rooms', event: 'updated' }
const token = { name: 'expendable', role: 'user', scopes: ['meeting:preferences_read'] }
const phone = { countryCode: '1', number: '5550100', enabledCallInAuthentication: false, enabledCallMe: false }
const room = {
  topic: 'Room',
  enabledAutoLock: false,
  autoLockMinutes: 10,
  enabledNotifyHost: true,
  supportCoHost: false,
}
const joining = { enabledJoinBeforeHost: false, joinBeforeHostMinutes: 0, enabledAutoShareRecording: false }
const plan = { ids: { kind: 'random', prefix: '', bits: 60 }, canary: 0, freeze: false }

/** Meaningful bodies, which random ones from a schema seldom are. */
const bodies: Record<string, unknown[]> = {
  'POST /v1/admin/meetingPreferences/personalMeetingRoom/refreshId': [
    { siteUrl: sites[0], personalMeetingRoomIds: emails.map(email => ({ email, systemGenerated: true })) },
    { siteUrl: sites[0], personalMeetingRoomIds: [{ email: emails[0], personalMeetingRoomId: 'Fresh.1' }] },
    { siteUrl: sites[1], personalMeetingRoomIds: [{ personId: personIds[1], personalMeetingRoomId: 'fresh-2' }] },
  ],
  'PUT /v1/meetingPreferences/personalMeetingRoom': [{ ...room, hostPin: '8352', coHosts: [] }],
  'PUT /v1/meetingPreferences/audio': [
    {
      defaultAudioType: 'voipOnly',
      otherTeleconferenceDescription: '',
      enabledGlobalCallIn: false,
      enabledTollFree: false,
      enabledAutoConnection: false,
      officeNumber: phone,
      mobileNumber: phone,
      audioPin: '8352',
    },
  ],
  'PUT /v1/meetingPreferences/video': [
    { videoDevices: [{ deviceName: 'Desk', deviceAddress: 'desk@example.com', isDefault: true }] },
  ],
  'PUT /v1/meetingPreferences/schedulingOptions': [
    { ...joining, delegateEmails: ['ben@example.com, cyd@example.com'] },
  ],
  'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/insert': [{ emails: ['ben@example.com'] }],
  'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/delete': [{ emails: ['ben@example.com'] }],
  'PATCH /v1/admin/meeting/config/commonSettings': [{ siteOptions: { allowCustomPersonalRoomURL: true } }],
  'POST /v1/people': [{ emails: ['new@example.com'], displayName: 'New One', siteUrls: [sites[0]] }],
  'PUT /v1/people/{personId}': [{ displayName: 'Another Name', siteUrls: sites }],
  'POST /v1/webhooks': [webhook],
  'PUT /v1/webhooks/{webhookId}': [{ name: 'changes', targetUrl: 'https://receiver.test/', status: 'active' }],
  'POST /api/tokens': [token],
  'PUT /api/webex-connection': [{ token: 'a-token-of-webex' }],
  'POST /api/webex-connection/sign-in': [{ clientId: 'C', clientSecret: 's' }],
  [`POST ${rotationsTemplate}`]: [
    { ...plan, people: { who: 'everyone' } },
    { ...plan, people: { who: 'listed', name: 'list.csv', csv: `email\n${emails.slice(0, 3).join('\n')}\n` } },
    {
      ...plan,
      people: { who: 'listed', name: 'list.csv', csv: `email,personalMeetingRoomId\r\n"${emails[0]}",=1+1\r\n` },
      ids: { kind: 'csv' },
    },
  ],
}

export async function startFuzzedService(engine: TestEngine): Promise<FuzzedService> {
  const database = await emptyDatabase(engine)
  const { tokens, sessions, words } = await fill(database)
  const child = fork(new URL('service-process.mjs', import.meta.url), [database.url], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const faults: string[] = []
  child.on('message', (message: { fault?: string }) => {
    if (message.fault !== undefined) faults.push(message.fault)
  })
  child.on('exit', code => {
    if (code !== 0) faults.push(`the process ended with ${code}`)
  })
  const port = (await answerOf<{ port: number }>(child, 'port')).port

  return {
    port,
    tokens,
    sessions,
    words,
    bodies: { ...bodies, 'POST /api/session': [{ token: tokens.user }] },
    faults,
    async weigh() {
      child.send('weigh')
      return (await answerOf<{ weight: { heapMb: number; connections: number } }>(child, 'weight')).weight
    },
    async stop() {
      child.send('stop')
      await once(child, 'exit')
      await database.remove()
    },
  }
}

async function answerOf<Message>(child: ChildProcess, name: string): Promise<Message> {
  for await (const [message] of on(child, 'message', { close: ['exit'] })) if (name in message) return message
  throw new Error('The service ended.')
}

async function fill(database: { url: string; remove(): Promise<void> }) {
  const service = await startServiceOn({ ...database, remove: async () => undefined })
  for (const site of sites) {
    await service.addPeople(
      await service.addSite(undefined, site),
      [...names, ...others].map(name => ({
        email: `${name}@example.com`,
        department: 'Sales',
        username: `${name}.name`,
      })),
    )
  }
  const tokens = {
    fullAdmin: service.token,
    siteAdmin: await service.addToken({ role: 'siteAdmin', sites: [sites[0]!] }),
    user: await service.addToken({ role: 'user', sites: [sites[0]!], email: 'ada@example.com' }),
  }
  const planner = { authorization: `Bearer ${await service.addToken({})}` }
  for (let n = 0; n < 8; n += 1)
    await service.call('POST', rotationsPath, bodies[`POST ${rotationsTemplate}`]![0], planner)
  const several = <Item>(count: number, make: () => Promise<Item>) => Promise.all(Array.from({ length: count }, make))
  const sessions = await several(80, async () => {
    const signIn = { token: tokens.fullAdmin }
    const answer = await service.call('POST', '/api/session', signIn, { 'x-roomkey-console': '1' })
    return String(answer.headers['set-cookie']).split(';')[0]!
  })
  const webhookIds = await several(6, async () => (await service.call('POST', '/v1/webhooks', webhook)).body.id)
  const tokenIds = await several(6, async () => (await service.call('POST', '/api/tokens', token)).body.id)
  const { body: changes } = await service.call('GET', `/api/sites/${sites[0]}/changes`)
  await service.close()

  const words = {
    siteUrl: [sites[0]!, ...sites],
    siteUrls: [...sites, `${sites[0]}#attendee`],
    sites,
    email: emails,
    emails: [...emails, 'new@example.com'],
    userEmail: emails,
    personId: personIds,
    personalMeetingRoomId: [...names, 'Fresh.1', 'fresh-2', 'pr12345678'],
    personalMeetingRoomLink: [`https://${sites[0]}/meet/ada`, `https://${sites[0]}/meet/zz9plural`],
    webhookId: webhookIds,
    rotation: ['1', '2', '3', '4', '5', '6'],
    change: changes.items.map(({ change }: { change: number }) => String(change)),
    file: ['report.html', 'report.csv', 'report.jsonl', 'letters.csv'],
    targetUrl: ['https://receiver.test/', 'http://127.0.0.1/', 'http://[::1]/'],
    filter: [`siteUrl=${sites[0]}`],
    hostPin: ['8352'],
    audioPin: ['8352'],
    token: [tokens.user, tokens.fullAdmin],
    expiresAt: ['2999-01-01T00:00:00Z'],
    at: ['2026-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z'],
    template: ['{last}-{random:13}', '{first}.{words:64}'],
    csv: [`email\n${emails.join('\n')}\n`, `email,personalMeetingRoomId\n${emails[0]},from.list\n`],
    id: [...tokenIds, 'ada', 'hal', 'ida', 'person-ada'],
    q: ['a', 'ada', 'ada example'],
    department: ['Sales'],
    displayName: ['Ada', 'ada Example'],
  }
  return { tokens, sessions, words }
}
