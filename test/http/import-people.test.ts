/** Tables that are sent: imported into a site, or audited. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const path = `/api/sites/${siteUrl}/people/import?name=people.csv`
const csv = { 'content-type': 'text/csv' }

for (const engine of engines) {
  describe(`${engine}: people of a table that is sent`, () => {
    let service: TestService
    beforeEach(async () => {
      service = await startService(engine)
      await service.addPeople(await service.addSite(), [{ email: 'ada@example.com', roomId: 'ada' }])
    })
    afterEach(() => service.close())

    const send = (table: string | Buffer, query = '', token = service.token) =>
      service.call('POST', path + query, table, { ...csv, authorization: `Bearer ${token}` })
    const people = async () => Object.keys(await service.roomIds()).sort()

    const table = [
      'Mail,Given name,Surname,Enabled,Favourite colour',
      'ada@example.com,Ada,Lovelace,True,red',
      'ben@example.com,Ben,Bell,True,blue',
      'cyd@example.com,Cyd,Cole,False,',
      '',
    ].join('\r\n')

    it('are previewed without a write, then added, and stay as they are the second time', async () => {
      const counts = { good: 2, present: 1, faulty: 0, faults: [], states: { disabled: 1 } }
      const columns = { email: ['Mail'], firstName: ['Given name'], lastName: ['Surname'], state: ['Enabled'] }
      const preview = await send(Buffer.from(`\ufeff${table}`, 'utf16le'), '&preview=true')
      expect(preview).toMatchObject({
        status: 200,
        body: { added: 0, ...counts, table: { columns, notUsed: ['Favourite colour'], encoding: 'utf-16le' } },
      })
      expect(await people()).toEqual(['ada@example.com'])
      expect(await send(table)).toMatchObject({ status: 200, body: { siteUrl, added: 2, ...counts } })
      expect(await people()).toEqual(['ada@example.com', 'ben@example.com', 'cyd@example.com'])
      expect(await send(table)).toMatchObject({ status: 200, body: { added: 0, good: 0, present: 3 } })
      const { body } = await service.call('GET', `/api/audit-events?siteUrl=${siteUrl}`)
      expect(body.items[0]).toMatchObject({
        action: 'people.imported',
        subject: 'people.csv',
        detail: { added: 2, present: 1, faulty: 0 },
      })
    })

    it('are not added where a row is at fault, unless the others are asked for', async () => {
      const faulty = 'email,personalMeetingRoomId\nben@example.com,ben\nnot an address,x\ncyd@example.com,ADA\n'
      const refused = await send(faulty)
      expect(refused.status).toBe(400)
      expect(refused.body.errors.map(({ description }: { description: string }) => description)).toEqual([
        '2 rows cannot be imported, so nothing was; fix them, or add the other 1 with partial=true.',
        expect.stringMatching(/^Line 3: /),
        'Line 4: Personal meeting room ID ADA is being used by someone else.',
      ])
      expect(await people()).toEqual(['ada@example.com'])
      expect(await send(faulty, '&partial=true')).toMatchObject({ status: 200, body: { added: 1, faulty: 2 } })
      expect(await people()).toEqual(['ada@example.com', 'ben@example.com'])
    })

    it('are refused where the caller may not, before the table is read, and where it is none', async () => {
      const elsewhere = await service.addToken({ role: 'siteAdmin', sites: ['elsewhere.webex.com'] })
      expect((await send(table, '', elsewhere)).status).toBe(403)
      const [zip] = (await send(Buffer.from('PK\u0003\u0004xl/'))).body.errors
      expect(zip.description).toBe(
        'The table cannot be used: people.csv is an Excel workbook (.xlsx); open it and save the sheet as "CSV UTF-8".',
      )
      const latin1 = Buffer.from('email,Vorname\nx@example.com,J\u00fcrgen\n', 'latin1')
      expect((await send(latin1)).status).toBe(400)
      expect((await send(latin1, '&encoding=windows-1252')).body).toMatchObject({ added: 1 })
      expect((await send(latin1, '&encoding=klingon')).status).toBe(400)
      expect((await service.call('POST', path, { email: 'x@example.com' })).status).toBe(415)
    })

    it('are judged with their rooms, of whatever site, and nothing is kept', async () => {
      const rooms =
        'E-mail,personalMeetingRoomLink\nzoe.zimmer@corp.test,https://corp.webex.com/meet/zoe.zimmer\nno@corp.test,\n'
      const judged = await service.call('POST', '/api/audit?name=rooms.csv', rooms, csv)
      expect(judged).toMatchObject({
        status: 200,
        body: {
          rooms: 1,
          siteUrls: ['corp.webex.com'],
          classes: [{ class: 'emailPrefix', rooms: 1 }],
          table: { columns: { email: ['E-mail'] }, notes: ['1 person without a room: passed over.'] },
        },
      })
      expect(await people()).toEqual(['ada@example.com'])
      const none = await service.call('POST', '/api/audit?name=rooms.csv', 'email\nx@example.com\n', csv)
      expect(none.body.errors[0].description).toMatch(/rooms.csv has no column with room IDs or links/)
    })
  })
}
