import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { removeFolder, sendBatch, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'

const clients = 50
const wanted = 20
const rounds = 10

it(`gives each ID to exactly one person when ${clients} clients race for the same ones`, async () => {
  const folder = await temporaryFolder()
  const service = await serve(folder, ['--demo', '250'])
  const token = await tokenOf(folder)
  const store = await openStore(`sqlite:${join(folder, 'roomkey.sqlite')}`)
  const hosts = await store.db
    .selectFrom('person')
    .select(['person', 'email'])
    .where('host', '=', 1)
    .limit(clients)
    .execute()
  const before = await idsOf()

  const won = new Map<string, string>()
  for (let round = 0; round < rounds; round += 1) {
    const answers = await Promise.all(
      hosts.map(async ({ email }, client) => {
        const personalMeetingRoomId = `r${round}-${client % wanted}`
        return {
          email,
          personalMeetingRoomId,
          answer: await sendBatch(service.url, token, [{ email, personalMeetingRoomId }]),
        }
      }),
    )
    for (const { email, personalMeetingRoomId, answer } of answers) {
      expect([200, 400]).toContain(answer?.status)
      if (answer?.status === 200) won.set(email, personalMeetingRoomId)
    }
    expect(answers.filter(({ answer }) => answer?.status === 200)).toHaveLength(wanted)
  }

  const after = await idsOf()
  expect(new Set(after.values()).size).toBe(after.size)
  for (const [email, id] of after) expect(id).toBe(won.get(email) ?? before.get(email))

  await store.close()
  await stop(service)
  await removeFolder(folder)

  async function idsOf(): Promise<Map<string, string>> {
    const claims = await store.db
      .selectFrom('claim as c')
      .innerJoin('person as p', 'p.person', 'c.person')
      .select(['p.email', 'c.id'])
      .orderBy('c.number')
      .execute()
    return new Map(claims.map(({ email, id }) => [email, id!]))
  }
}, 60_000)
