import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeFolder, sendBatch, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { changesIn, type Receiver, startReceiver } from '../support/receiver.ts'

describe('webhooks when the service is killed', () => {
  let folder: string
  let receiver: Receiver

  beforeEach(async () => {
    folder = await temporaryFolder()
    receiver = await startReceiver()
  })
  afterEach(async () => {
    await receiver.close()
    await removeFolder(folder)
  })

  it('loses no change between commit and delivery', async () => {
    const words = ['--allow-private-webhooks', '--demo', '30']
    let service = await serve(folder, words)
    const token = await tokenOf(folder)
    await fetch(`${service.url}/v1/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', targetUrl: receiver.url, resource: 'rooms', event: 'updated' }),
    })
    const acknowledged: string[] = []
    for (let round = 0; round < 6; round += 1) {
      // Now and then the receiver is down as well, so that some deliveries are under way when the service dies.
      receiver.status = round % 2 === 0 ? 204 : 503
      for (let n = 0; n < 5; n += 1) {
        const id = `round${round}-${n}`
        const email = 'john.andersen@example.com'
        const answer = await sendBatch(service.url, token, [{ email, personalMeetingRoomId: id }])
        if (answer?.status === 200) acknowledged.push(id)
      }
      await new Promise(resolve => setTimeout(resolve, round * 150))
      await stop(service, 'SIGKILL')
      service = await serve(folder, words)
    }
    receiver.status = 204
    const told = () => new Set(changesIn(receiver.received).map(change => change.split('>')[1]))
    await receiver.until(() => acknowledged.every(id => told().has(id)))
    expect(acknowledged.length).toBe(30)
    expect([...told()].sort()).toEqual([...acknowledged].sort())
    await stop(service)
  }, 90_000)
})
