/** List People, page by page: everybody once, and no page is empty before the last, whatever the names and sizes. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldName } from '#roomkey/store/people/name-phrases.js'
import { engines } from '../support/engines.ts'
import { randomRule, startService, type TestService } from '../support/service.ts'

const words = ['Maarten', 'Mulder', 'María', 'Mu-ñoz', 'Anna', 'von', 'Ahn', 'al', "O'Malley", 'Z'.repeat(60)]
const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map(parts => parts.join(' '))
const person = fc.record({
  displayName: name,
  firstName: fc.constantFrom(...words),
  lastName: fc.constantFrom(...words),
  /** On which of the two sites, under which name on the second. */
  sites: fc.constantFrom('first', 'second', 'both'),
  otherName: fc.option(name, { nil: undefined }),
})

for (const engine of engines) {
  describe(`${engine}: people page by page`, () => {
    let service: TestService
    let runs = 0
    beforeAll(async () => {
      service = await startService(engine)
    })
    afterAll(() => service.close())

    async function pages(path: string): Promise<string[][]> {
      const read: string[][] = []
      for (let next: string | undefined = path; next !== undefined; ) {
        const { status, headers, body } = await service.call('GET', next)
        expect(status).toBe(200)
        read.push(body.items.map(({ id }: { id: string }) => id))
        next = /<([^>]+)>; rel="next"/.exec(String(headers.link ?? ''))?.[1]
      }
      return read
    }

    it('shows each once, on pages that are full up to the last', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(person, { maxLength: 40 }),
          fc.constantFrom('m', 'mu', 'MAR', 'a', 'al', 'von a', 'z', 'Z'.repeat(60), 'x'),
          fc.integer({ min: 1, max: 12 }),
          async (people, displayName, max) => {
            runs += 1
            const urls = [`a${runs}.webex.com`, `b${runs}.webex.com`]
            const all = people.map((each, n) => ({ ...each, personId: `p${runs}-${n}`, email: `p${n}@example.com` }))
            const siteIds = [await service.addSite(randomRule, urls[0]), await service.addSite(randomRule, urls[1])]
            const onFirst = all.filter(({ sites }) => sites !== 'second')
            const onSecond = all.filter(({ sites }) => sites !== 'first')
            const nameOnSecond = (each: (typeof all)[number]) =>
              each.sites === 'both' ? (each.otherName ?? each.displayName) : each.displayName
            const rows = (some: typeof all, named: (each: (typeof all)[number]) => string) =>
              some.map(({ personId, email, firstName, lastName, ...rest }) => {
                const names = {
                  firstName,
                  lastName,
                  displayName: named({ personId, email, firstName, lastName, ...rest }),
                }
                return { personId, email, ...names, host: false }
              })
            await service.addPeople(
              siteIds[0]!,
              rows(onFirst, each => each.displayName),
            )
            await service.addPeople(siteIds[1]!, rows(onSecond, nameOnSecond))
            service.token = await service.addToken({ sites: urls })

            const starts = (text: string) => foldName(text).startsWith(foldName(displayName))
            const wanted = new Set([
              ...onFirst.filter(each => starts(each.displayName)).map(({ personId }) => personId),
              ...onSecond.filter(each => starts(nameOnSecond(each))).map(({ personId }) => personId),
            ])
            const byName = await pages(`/v1/people?displayName=${displayName}&max=${max}`)
            expectOnce(byName, wanted, max)
            expectOnce(await pages(`/v1/people?max=${max}`), new Set(all.map(({ personId }) => personId)), max)
          },
        ),
        { numRuns: 25 },
      )
    })
  })
}

function expectOnce(pages: string[][], wanted: Set<string>, max: number): void {
  const listed = pages.flat()
  expect(new Set(listed)).toEqual(wanted)
  expect(listed).toHaveLength(wanted.size)
  expect(pages.slice(0, -1).every(page => page.length === max)).toBe(true)
  expect(pages.length === 1 || pages.at(-1)!.length > 0).toBe(true)
}
