import { describe, expect, it } from 'vitest'
import { type DemoPerson, demoPeople } from '#roomkey/demo/people.js'

const people = [...demoPeople(20_000)]
const share = (test: (person: DemoPerson) => boolean) => people.filter(test).length / people.length

describe('the people of the demo site', () => {
  it('begin with the three of the published example, who are hosts', () => {
    const published = people.slice(0, 3)
    expect(published.map(({ personId, email, displayName }) => [personId, email, displayName])).toEqual([
      ['Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ', 'john.andersen@example.com', 'John Andersen'],
      ['sdfeY28890KLFHzovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ', 'marcus.hoffmann@example.com', 'Marcus Hoffmann'],
      ['FYG98gxYy1AYOP086VMLOUYTTCCN0IYTAio2uydbzlkyjYTQ0LTRmZ', 'brenda.song@example.com', 'Brenda Song'],
    ])
    for (const person of published) expect(person).toMatchObject({ host: true, suspended: false, pinned: false })
  })

  it('are the same every time, and the first N are the same whatever the count', () => {
    expect([...demoPeople(20_000)]).toEqual(people)
    expect([...demoPeople(250)]).toEqual(people.slice(0, 250))
    expect([...demoPeople(2)]).toEqual(people.slice(0, 2))
  })

  it('have addresses, person IDs and logins that nobody else has', () => {
    const logins = people.flatMap(person => person.username ?? [])
    expect(new Set(people.map(person => person.email)).size).toBe(people.length)
    expect(new Set(people.map(person => person.personId)).size).toBe(people.length)
    expect(new Set(logins).size).toBe(logins.length)
  })

  it('have plain ASCII addresses made of their names', () => {
    for (const { email } of people) expect(email).toMatch(/^[a-z]+\.[a-z]+\d*@example\.com$/)
    const jürgens = people.filter(person => person.firstName === 'Jürgen')
    expect(jürgens.length).toBeGreaterThan(0)
    for (const { email } of jürgens) expect(email).toMatch(/^juergen\./)
  })

  it('have names in plain Latin letters, accented ones and other scripts', () => {
    const isPlain = (name: string) => /^[A-Za-z '’-]+$/.test(name)
    const isLatin = (name: string) => /^[\p{Script=Latin} '’-]+$/u.test(name)
    expect(share(({ displayName }) => isPlain(displayName))).toBeGreaterThan(0.1)
    expect(share(({ displayName }) => !isPlain(displayName) && isLatin(displayName))).toBeGreaterThan(0.3)
    expect(share(({ displayName }) => !isLatin(displayName))).toBeGreaterThan(0.3)
  })

  it('put the family name first where the language does', () => {
    const tanaka = people.find(person => person.lastName === '田中' && person.firstName === '太郎')
    expect(tanaka?.displayName).toBe('田中 太郎')
    const wang = people.find(person => person.lastName === '王' && person.firstName === '伟')
    expect(wang?.displayName).toBe('王伟')
  })

  it('are mostly hosts; a few are attendees, suspended or pinned, and some have a login of their own', () => {
    expect(share(person => !person.host)).toBeCloseTo(0.04, 2)
    expect(share(person => person.suspended)).toBeCloseTo(0.01, 2)
    expect(share(person => person.pinned)).toBeCloseTo(0.01, 2)
    expect(share(person => person.username !== null)).toBeCloseTo(0.26, 1)
  })

  it('have person IDs of the usual form after the first three', () => {
    const urn = /^ciscospark:\/\/us\/PEOPLE\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    for (const { personId } of people.slice(3)) expect(Buffer.from(personId, 'base64url').toString()).toMatch(urn)
  })
})
