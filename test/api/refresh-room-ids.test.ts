import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { startService, type TestService } from '../support/service.ts'

for (const engine of engines) {
  describe(`${engine}: batch refresh`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      const siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'ada@example.com' },
        { email: 'ben@example.com' },
        { email: 'cyd@example.com' },
        { email: 'sus@example.com', suspended: true },
        { email: 'attendee@example.com', host: false },
      ])
    })
    afterEach(() => service.close())

    it('gives the IDs that were asked for, in request order, however people are addressed', async () => {
      const byEmail = await service.refresh([
        { email: 'ben@example.com', personalMeetingRoomId: 'ben-new' },
        { email: 'ada@example.com', personalMeetingRoomId: 'ada-new' },
      ])
      expect(byEmail.status).toBe(200)
      expect(byEmail.body.personalMeetingRoomIds).toEqual([
        { email: 'ben@example.com', personId: 'person-ben', personalMeetingRoomId: 'ben-new' },
        { email: 'ada@example.com', personId: 'person-ada', personalMeetingRoomId: 'ada-new' },
      ])

      const byPersonId = await service.refresh([{ personId: 'person-ben', personalMeetingRoomId: 'ben-newer' }])
      expect(byPersonId.body.personalMeetingRoomIds).toEqual([
        { email: 'ben@example.com', personId: 'person-ben', personalMeetingRoomId: 'ben-newer' },
      ])
    })
  })
}
