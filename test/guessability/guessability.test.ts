import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KnownNumbers } from '#roomkey/guessability/attacker/known-numbers.js'
import { type GuessContext, guessability, webexContext } from '#roomkey/guessability/guessability.js'
import { render } from '#roomkey/messages/render.js'

const jürgen = { email: 'juergen.mueller@example.com', firstName: 'Jürgen', lastName: 'Müller', username: 'jmu77' }

describe('what an ID is made from', () => {
  it.each([
    ['juergen.mueller', 'emailPrefix'],
    ['JMuller', 'firstInitialLastName'],
    ['jmu77', 'username'],
    ['juergenmueller', 'nameForm'],
    ['muller.j', 'nameForm'],
    ['jm', 'nameForm'],
    ['jmueller', 'spelling'],
    ['jogi.mueller', 'nickname'],
    ['juergen.mueller2', 'nameAndNumber'],
    ['jmueller-1984', 'nameAndNumber'],
    ['mueller-room', 'nameAndWord'],
    ['meet.jmueller', 'nameAndWord'],
    ['muller24121984', 'date'],
    ['kickoff-20240131', 'date'],
    ['boardroom', 'word'],
    ['blue.falcon', 'word'],
    ['xq7', 'short'],
    ['pr50123456', 'number'],
    ['pr1', 'short'],
    ['xkqzvbn', 'ownChoice'],
    ['prk3j9x2mq7vab', 'random'],
    ['prkjxqvmwzphtr', 'random'],
    ['prfootballroom', 'word'],
  ])('%s: %s', (roomId, expected) => {
    expect(guessability(jürgen, roomId).class).toBe(expected)
  })

  it('is explained in words', () => {
    const reason = (roomId: string) => render(guessability(jürgen, roomId).reason)
    expect(reason('juergen.mueller')).toBe('The e-mail prefix: guess 1 for anyone who knows the directory.')
    expect(reason('mueller-room')).toMatch(
      /^The names in another spelling \("mueller"\) with "-room" after it: guess [\d,]+ for/,
    )
    expect(reason('pr50123456')).toBe(
      '"pr" and 8 digits: only the number has to be guessed, 27 bits, about 50 million guesses.',
    )
    expect(reason('prk3j9x2mq7vab')).toMatch(
      /"pr" and 12 random letters and digits, 62 bits, about 2\.4 × 10¹⁸ guesses\.$/,
    )
    expect(reason('blue.falcon')).toMatch(
      /^Chosen by a person, not derived from the directory: common words, "\.", common words; at most/,
    )
  })
})

describe('bits of an ID that is not in the directory', () => {
  const bits = (roomId: string) => guessability(jürgen, roomId).bits

  it('are those of the random part under the random rule', () => {
    expect(bits('prk3j9x2mq7vab')).toBeCloseTo(12 * Math.log2(36))
    expect(guessability(jürgen, 'prk3j9x2mq7vab').guesses / 36 ** 12).toBeCloseTo(0.5)
  })

  it('are those of the digits after the prefix', () => {
    expect(bits('pr12345670651')).toBeCloseTo(11 * Math.log2(10))
  })

  it('follow the rule of the site', () => {
    const context: GuessContext = { prefix: 'ab-', length: 8 }
    expect(guessability(jürgen, 'ab-k3j9x2mq', context)).toMatchObject({ class: 'random', bits: 8 * Math.log2(36) })
    expect(guessability(jürgen, 'AB-99881', context).class).toBe('number')
  })

  it('are few for words, dates and counted digits, more for noise', () => {
    expect(bits('fluffy.rainbow.1999')).toBeLessThan(bits('xkqzvb.rwtzpkn.8351'))
    expect(bits('zzyzx123')).toBeLessThan(bits('zzyzx815'))
  })

  it('never decrease when a random ID gets longer', () => {
    const character = fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyz')
    fc.assert(
      fc.property(fc.array(character, { minLength: 12, maxLength: 30 }), characters => {
        const context = (length: number) => ({ prefix: 'pr', length })
        const shorter = guessability(jürgen, `pr${characters.slice(1).join('')}`, context(characters.length - 1))
        const longer = guessability(jürgen, `pr${characters.join('')}`, context(characters.length))
        fc.pre(shorter.class === 'random' && longer.class === 'random')
        expect(longer.bits).toBeGreaterThan(shorter.bits)
      }),
    )
  })
})

describe('any ID of any person', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 20 })
  const part = fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/)

  it('has a cost of at least one guess and a reason of one sentence', () => {
    fc.assert(
      fc.property(part, name, name, fc.option(part), part, (prefix, firstName, lastName, username, roomId) => {
        const person = { email: `${prefix}@example.com`, firstName, lastName, username }
        const judged = guessability(person, roomId)
        expect(judged.guesses).toBeGreaterThanOrEqual(1)
        expect(judged.bits).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(judged.guesses)).toBe(true)
        expect(render(judged.reason)).toMatch(/^.+\.$/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a number near another', () => {
  const published = ['prabcd23670651', 'prabcd99751428', 'prabcd56290641']
  const known = (keys: string[]): GuessContext => {
    const numbers = new KnownNumbers()
    for (const key of keys) numbers.add('site', key)
    return { ...webexContext, neighboursOf: key => numbers.neighbours('site', key) }
  }

  it('costs the walk there from the other', () => {
    const judged = guessability(jürgen, 'pr50123456', known(['pr50123456', 'pr50123459', 'pr50129999']))
    expect(judged).toMatchObject({ class: 'nearbyNumber', rank: null, guesses: 6 })
    expect(render(judged.reason)).toBe(
      "Another room's number is only 3 away: anyone who has that link can count up or down to this one.",
    )
  })

  it('does not count for a name with a number, nor when it is far away', () => {
    expect(guessability(jürgen, 'jmueller123', known(['jmueller123', 'jmueller124'])).class).toBe('nameAndNumber')
    expect(guessability(jürgen, 'pr50123456', known(['pr50123456', 'pr99123456'])).class).toBe('number')
  })

  it('makes a prefix that rooms share worth nothing', () => {
    expect(guessability(jürgen, published[0]!).class).toBe('random')
    expect(guessability(jürgen, published[0]!, known(published))).toMatchObject({
      class: 'number',
      bits: 8 * Math.log2(10),
    })
  })

  it('is found whatever the others look like', () => {
    const number = fc.integer({ min: 100_000, max: 999_999 })
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 1, maxLength: 50 }), values => {
        const numbers = new KnownNumbers()
        for (const value of values) numbers.add('a', `pr${value}`)
        numbers.add('b', `pr${values[0]}`)
        numbers.add('a', `xy${values[0]}`)
        for (const value of values) {
          const distances = values.filter(other => other !== value).map(other => Math.abs(other - value))
          const nearest = distances.length === 0 ? undefined : Math.min(...distances)
          expect(numbers.neighbours('a', `pr${value}`)).toEqual({ sharing: values.length, nearest })
        }
      }),
    )
  })
})
