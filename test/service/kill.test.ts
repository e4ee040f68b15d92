import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { removeFolder, sendBatch, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const kills = 20
const clients = 4
const people = 400

/** Each client refreshes people of its own, so the last acknowledged state is the one that must be there. */
it(`loses nothing that was acknowledged, and half-applies nothing, over ${kills} kills in the middle of a stream of batches`, async () => {
  const folder = await temporaryFolder()
  let service = await serve(folder, ['--demo', String(people)])
  const token = await tokenOf(folder)
  const store = await openStore(`sqlite:${join(folder, 'roomkey.sqlite')}`)
  const hosts = await store.db.selectFrom('person').select('email').where('host', '=', 1).orderBy('person').execute()
  await store.close()

  const share = Math.floor(hosts.length / clients)
  const acknowledged: Map<string, string>[] = Array.from({ length: clients }, () => new Map())
  const unanswered: string[][] = Array.from({ length: clients }, () => [])
  let batches = 0

  for (let kill = 0; kill < kills; kill += 1) {
    let killed = false
    const streams = Array.from({ length: clients }, async (_, client) => {
      const own = hosts.slice(client * share, client * share + Math.min(share, 90)).map(({ email }) => email)
      while (!killed) {
        const mark = `k${kill}c${client}b${batches}`
        batches += 1
        const items = own.map((email, n) => ({ email, personalMeetingRoomId: `${mark}-${n}` }))
        const answer = await sendBatch(service.url, token, items)
        if (answer === undefined) return void unanswered[client]!.push(mark)
        expect(answer.status).toBe(200)
        for (const { email, personalMeetingRoomId } of answer.body.personalMeetingRoomIds) {
          acknowledged[client]!.set(email, personalMeetingRoomId)
        }
      }
    })
    await sleep(40 + Math.random() * 120)
    killed = true
    await stop(service, 'SIGKILL')
    await Promise.all(streams)
    service = await serve(folder)

    const after = await openStore(`sqlite:${join(folder, 'roomkey.sqlite')}`)
    const newest = await after.db
      .selectFrom('person as p')
      .innerJoin('claim as c', join => join.onRef('c.person', '=', 'p.person').onRef('c.site_id', '=', 'p.site_id'))
      .select(['p.email', 'c.id', 'c.number'])
      .orderBy('c.number')
      .execute()
    await after.close()
    const now = new Map(newest.map(({ email, id }) => [email, id!]))

    for (const [client, ids] of acknowledged.entries()) {
      if (ids.size === 0) continue
      // Either all of the last acknowledged batch stands, or all of one batch that was never answered.
      const marks = new Set([...ids.keys()].map(email => now.get(email)!.split('-')[0]!))
      expect(marks.size).toBe(1)
      const [mark] = marks
      const last = [...ids.values()][0]!.split('-')[0]!
      expect([last, ...unanswered[client]!.slice(-1)]).toContain(mark)
      for (const email of ids.keys()) ids.set(email, now.get(email)!)
    }
  }
  expect(batches).toBeGreaterThan(kills)
  await stop(service)
  await removeFolder(folder)
}, 120_000)
