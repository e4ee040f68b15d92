import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generationMethods, type IdRule, type NamedPerson, proposeRoomId, withSuffix } from '#roomkey/rooms/id-rule.js'
import { roomIdFault } from '#roomkey/rooms/room-id.js'

const firstLetters = (alphabet: string, length: number) => alphabet.charAt(0).repeat(length)

function idFor(method: IdRule['method'], person: Partial<NamedPerson>): string {
  const somebody = { email: 'jane.doe@example.com', firstName: 'Jane', lastName: 'Doe', username: null, ...person }
  return proposeRoomId({ method, prefix: 'pr', length: 12 }, somebody, firstLetters).id
}

describe('the five generation methods', () => {
  it.each([
    ['jane.doe@example.com', 'jane.doe'],
    ['jane+meetings@example.com', 'janemeetings'],
    ['12345@example.com', 'pr12345'],
    ["o'neill@example.com", 'oneill'],
  ])('take the prefix of the e-mail address %s as %s', (email, id) => {
    expect(idFor('emailPrefix', { email })).toBe(id)
  })

  it.each([
    ['Jane', 'Doe', 'jdoe'],
    ['Élodie', 'Lefèvre', 'elefevre'],
    ['Ştefan', 'Şahin', 'ssahin'],
    ['Łukasz', 'Żółkiewski', 'lzolkiewski'],
    ['Jürgen', 'Groß', 'jgross'],
    ['Aoife', "O'Néill", 'aoneill'],
    ['Jan', 'van der Berg', 'jvanderberg'],
    ['Anne-Marie', 'Smith-Jones', 'asmithjones'],
  ])('take first initial and last name of %s %s as %s', (firstName, lastName, id) => {
    expect(idFor('firstInitialLastName', { firstName, lastName })).toBe(id)
  })

  it.each([
    ['Ольга', 'Иванова'],
    ['太郎', '田中'],
    ['Jane', 'Παπαδοπούλου'],
    ['', ''],
  ])('give "%s %s", whose letters are not Latin, pr and a number', (firstName, lastName) => {
    expect(idFor('firstInitialLastName', { firstName, lastName })).toMatch(/^pr[1-9]\d{10}$/)
  })

  it.each([
    ['jdoe', 'jdoe'],
    ['004711', 'pr004711'],
    ['jane@example.com', 'janeexample.com'],
    [null, 'jane.doeexample.com'],
  ])('take the username %s as %s', (username, id) => {
    expect(idFor('username', { username })).toBe(id)
  })

  it('put pr before a meeting number, and before twelve characters', () => {
    expect(idFor('meetingNumber', {})).toMatch(/^pr[1-9]\d{10}$/)
    expect(idFor('random', {})).toMatch(/^pr[0-9a-z]{12}$/)
  })

  it('make a well-formed ID from anything in a directory', () => {
    const anybody = fc.record({
      email: fc.string({ unit: 'binary', maxLength: 100 }).map(name => `${name}@example.com`),
      firstName: fc.string({ unit: 'binary' }),
      lastName: fc.string({ unit: 'binary', maxLength: 100 }),
      username: fc.option(fc.string({ unit: 'binary', maxLength: 100 })),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...generationMethods),
        anybody,
        fc.integer({ min: 1, max: 9999 }),
        (method, person, index) => {
          expect(roomIdFault(withSuffix(idFor(method, person), index))).toBeUndefined()
        },
      ),
      { numRuns: 500 },
    )
  })
})
