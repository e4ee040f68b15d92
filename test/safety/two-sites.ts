/**
 * Two sites with people, history, webhooks, tokens and rotations. Everything that belongs to one contains its marker.
 */

import { type StoredConnection, WebexConnection } from '#roomkey/webex/sign-in/connection.js'
import type { TestEngine } from '../support/engines.ts'
import { type Answer, randomRule, startService, type TestService } from '../support/service.ts'

export interface TestSite {
  /** The marker in everything that belongs to this site, and in nothing of the other one. */
  word: string
  url: string
  /** A host who has a token. */
  host: string
  /** Another host, about whom the first one may learn nothing. */
  colleague: string
}

export const alpha: TestSite = siteCalled('alpha')
export const bravo: TestSite = siteCalled('bravo')

function siteCalled(word: string): TestSite {
  return { word, url: `${word}.webex.test`, host: `ada@${word}.test`, colleague: `benjamin@${word}.test` }
}

export interface World {
  service: TestService
  /** A number that was not used before, for new things. */
  fresh(): number
  /** Calls as an administrator of everything who is none of the table's callers. */
  arrange(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer>
  /** The first site's webhook, and the number of a rotation of it that has finished. */
  webhookId: string
  finished: number
}

export async function startWorld(engine: TestEngine): Promise<World> {
  const service = await startService(engine, null, undefined, { webex: webexConnection() })
  const planner = await service.addToken({})
  let number = 0
  const arrange: World['arrange'] = async (method, path, body) => {
    const answer = await service.call(method, path, body, { authorization: `Bearer ${planner}` })
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  const world: World = {
    service,
    arrange,
    fresh: () => {
      number += 1
      return number
    },
    webhookId: '',
    finished: 0,
  }
  for (const site of [bravo, alpha]) {
    const siteId = await service.addSite(randomRule, site.url)
    await service.addPeople(
      siteId,
      ['ada', 'benjamin', 'carol', 'guest'].map(name => ({
        email: `${name}@${site.word}.test`,
        personId: `person-${site.word}-${name}`,
        displayName: `${name} ${site.word}`,
        department: `${site.word} department`,
        host: name !== 'guest',
        roomId: name === 'guest' ? null : `${site.word}.${name}`,
      })),
    )
    const siteAdmin = await service.addToken({ role: 'siteAdmin', sites: [site.url] })
    const webhook = { name: site.word, targetUrl: `https://${site.word}.test/`, resource: 'rooms', event: 'updated' }
    const asSiteAdmin = { authorization: `Bearer ${siteAdmin}` }
    world.webhookId = (await service.call('POST', '/v1/webhooks', webhook, asSiteAdmin)).body.id
    await arrange('PATCH', `/api/sites/${site.url}/rooms/person-${site.word}-benjamin`, { pinned: true })
    world.finished = await runRotation(world, site)
  }
  return world
}

/** To a Webex that knows everybody. */
function webexConnection(): WebexConnection {
  let kept: StoredConnection | undefined
  const file = {
    read: () => kept,
    write: (connection: StoredConnection) => {
      kept = connection
    },
    remove: () => {
      kept = undefined
    },
  }
  const environment = { accessToken: null, integration: null }
  const me = async () => new Response(JSON.stringify({ id: 'me', emails: ['me@webex.test'] }))
  return new WebexConnection({ url: 'https://webex.test/v1', file, environment }, me)
}

/** Plans a new ID for one host of a site. */
export async function planRotation({ arrange, fresh }: World, site: TestSite): Promise<number> {
  const csv = `email,personalMeetingRoomId\n${site.host},${site.word}.ada.${fresh()}\n`
  const people = { who: 'listed', name: `${site.word}.csv`, csv }
  const wish = { people, ids: { kind: 'csv' }, canary: 0, freeze: false }
  return (await arrange('POST', `/api/sites/${site.url}/rotations`, wish)).body.number
}

async function runRotation(world: World, site: TestSite): Promise<number> {
  const number = await planRotation(world, site)
  await world.arrange('POST', `/api/sites/${site.url}/rotations/${number}/start`)
  await untilStill(world, site, number)
  return number
}

/** Waits until a rotation no longer runs. */
export async function untilStill({ arrange }: World, site: TestSite, number: number): Promise<void> {
  while ((await arrange('GET', `/api/sites/${site.url}/rotations/${number}`)).body.state === 'running') {
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
