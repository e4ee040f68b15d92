/** A run that the service starts keeps to the hours that it is given, and stops while it waits for them. */
import { expect, it } from 'vitest'
import { siteUrl, startService } from '../../support/service.ts'

const path = `/api/sites/${siteUrl}/rotations/1`
const wish = { people: { who: 'everyone' }, ids: { kind: 'words', bits: 40 }, canary: 0, freeze: false }

/** In UTC, an hour of some hours from now. */
function hourIn(hours: number): string {
  const at = (more: number) => `${new Date(Date.now() + more * 3_600_000).getUTCHours()}:00`
  return `${at(hours)}-${at(hours + 1)} UTC`
}

it('a run is held to its hours', async () => {
  const service = await startService('sqlite')
  await service.addPeople(await service.addSite(), [{ email: 'ada@example.com', roomId: 'ada' }])
  expect((await service.call('POST', `/api/sites/${siteUrl}/rotations`, wish)).status).toBe(201)
  const rotation = async () => (await service.call('GET', path)).body

  for (const between of ['8pm', '20:00-06:00 Mars/Olympus', '20:00-20:00']) {
    const { status, body } = await service.call('POST', `${path}/start`, { between })
    expect([status, body.errors[0].description]).toEqual([400, expect.stringMatching(/^between is two times of day/)])
  }
  expect((await service.call('POST', `${path}/start`, { between: hourIn(5), wait: true })).status).toBe(200)
  await expect.poll(async () => (await rotation()).waitingUntil).toMatch(/:00:00\.000Z$/)
  expect(await service.roomIds()).toEqual({ 'ada@example.com': 'ada' })
  expect((await service.call('POST', `${path}/pause`)).status).toBe(200)
  await expect.poll(async () => (await rotation()).state).toBe('stopped')
  expect(await service.roomIds()).toEqual({ 'ada@example.com': 'ada' })

  expect((await service.call('POST', `${path}/resume`, { between: hourIn(0) })).status).toBe(200)
  await expect.poll(async () => (await rotation()).state).toBe('finished')
  expect(await service.roomIds()).not.toEqual({ 'ada@example.com': 'ada' })
  await service.close()
})
