import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { type Answer, randomRule, siteUrl, startService, type TestService } from '../support/service.ts'
import { webexCall, withoutWebexOpenApi } from '../support/webex-openapi.ts'

interface Item {
  id: string
  displayName: string
  emails: string[]
}

/** Follows `rel="next"` to the end. */
async function allPages(service: TestService, first: string, betweenPages?: () => Promise<void>): Promise<Answer[]> {
  const pages: Answer[] = []
  let path: string | undefined = first
  while (path !== undefined) {
    const answer: Answer = await service.call('GET', path)
    expect(answer.status).toBe(200)
    pages.push(answer)
    path = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1]
    await betweenPages?.()
  }
  return pages
}

const emails = (pages: Answer[]) => pages.flatMap(page => page.body.items.map((item: Item) => item.emails[0]))

for (const engine of engines) {
  describe(`${engine}: people`, () => {
    let service: TestService
    let siteId: number

    beforeEach(async () => {
      service = await startService(engine)
      siteId = await service.addSite()
      await service.addPeople(siteId, [
        { email: 'Ada@example.com', displayName: 'Ada Lovelace', department: 'Research' },
        { email: 'ben@example.com', displayName: 'Benoît Mandelbrot' },
        { email: 'attendee@example.com', displayName: 'Ada Guest', host: false },
      ])
    })
    afterEach(() => service.close())

    it('shows a person with the sites, and the room only where there is one', async () => {
      const { body } = await service.call('GET', '/v1/people?email=ADA@example.com')
      expect(body.items).toMatchObject([
        {
          id: 'person-Ada',
          emails: ['Ada@example.com'],
          displayName: 'Ada Lovelace',
          department: 'Research',
          siteUrls: [siteUrl],
          sipAddresses: [{ type: 'personal-room', value: `Ada@${siteUrl}` }],
          type: 'person',
        },
      ])
      const attendee = await service.call('GET', '/people?email=attendee@example.com')
      expect(attendee.body.items).toMatchObject([{ siteUrls: [`${siteUrl}#attendee`], sipAddresses: [] }])
    })

    it('finds by the start of the display name, without regard to case and accents', async () => {
      const names = async (start: string) =>
        (await allPages(service, `/v1/people?displayName=${encodeURIComponent(start)}`)).flatMap(page =>
          page.body.items.map((item: Item) => item.displayName),
        )
      expect(await names('ada')).toEqual(['Ada Guest', 'Ada Lovelace'])
      expect(await names('BENOIT m')).toEqual(['Benoît Mandelbrot'])
      expect(await names('Lovelace')).toEqual([])
    })

    it('finds by IDs, and lists those that it did not find', async () => {
      const { body } = await service.call('GET', '/v1/people?id=person-ben,nobody')
      expect(body.items.map((item: Item) => item.id)).toEqual(['person-ben'])
      expect(body.notFoundIds).toEqual(['nobody'])
    })

    it('shows everybody exactly once, page by page, while others are added', async () => {
      await service.addPeople(
        siteId,
        Array.from({ length: 60 }, (_, n) => ({ email: `p${n}@example.com`, displayName: 'Same Name' })),
      )
      let more = 0
      const pages = await allPages(service, '/v1/people?max=7', async () => {
        more += 1
        if (more < 5) await service.addPeople(siteId, [{ email: `late${more}@example.com` }])
      })
      const seen = emails(pages)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBe(67)
      expect(pages.slice(0, -1).every(page => page.body.items.length === 7)).toBe(true)

      const named = emails(await allPages(service, '/v1/people?displayName=same&max=7'))
      expect(named.length).toBe(60)
      expect(new Set(named).size).toBe(60)
    })

    it('shows somebody with accounts on two sites once, with both', async () => {
      const other = await service.addSite(randomRule, 'other.webex.com')
      await service.addPeople(other, [
        { email: 'Ada@example.com', displayName: 'Ada Lovelace', host: false },
        { email: 'zoe@example.com' },
      ])
      const pages = await allPages(service, '/v1/people?max=2')
      expect(emails(pages)).toEqual(['Ada@example.com', 'ben@example.com', 'attendee@example.com', 'zoe@example.com'])
      expect(pages[0]!.body.items[0].siteUrls).toEqual([siteUrl, 'other.webex.com#attendee'])

      service.token = await service.addToken({ sites: ['other.webex.com'] })
      expect(emails(await allPages(service, '/v1/people'))).toEqual(['Ada@example.com', 'zoe@example.com'])
    })

    it('shows users only themselves', async () => {
      service.token = await service.addToken({ role: 'user', scopes: ['spark:people_read'], email: 'ada@example.com' })
      expect((await service.call('GET', '/v1/people')).status).toBe(400)
      expect((await service.call('GET', '/v1/people?email=ben@example.com')).body.items).toEqual([])
      const own = await service.call('GET', '/v1/people?displayName=Ada')
      expect(own.body.items.map((item: Item) => item.id)).toEqual(['person-Ada'])
    })

    it('refuses unsupported parameters by name', async () => {
      for (const query of ['max=0', 'max=x', 'cursor=zzz', 'roles=abc', `id=${'a,'.repeat(90)}b`]) {
        const answer = await service.call('GET', `/v1/people?${query}`)
        expect([query, answer.status]).toEqual([query, 400])
      }
      service.token = await service.addToken({ scopes: ['meeting:preferences_read'] })
      const forbidden = await service.call('GET', '/v1/people')
      expect(forbidden.status).toBe(403)
      expect(forbidden.body.message).toBe(
        'The request is understood, but it has been refused or access is not allowed.',
      )
    })

    it.skipIf(withoutWebexOpenApi)(
      `answers as the published file says (${withoutWebexOpenApi ?? 'checked'})`,
      async () => {
        for (const query of ['', '?id=person-ben,nobody', '?displayName=ada', '?email=attendee@example.com']) {
          const { status, body } = await service.call('GET', `/v1/people${query}`)
          expect(webexCall('GET', '/people').faults(status, body)).toEqual([])
          expect(body.items.length).toBeGreaterThan(0)
        }
      },
    )
  })
}
