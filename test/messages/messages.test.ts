import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SentenceCode, sentences } from '#roomkey/messages/messages.js'
import { readSentence, type Said, say } from '#roomkey/messages/say.js'
import { sentences as german } from '../../console/src/language/sentences-de.ts'

const codes = Object.keys(sentences) as SentenceCode[]
const fieldsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
const speak = say as (code: SentenceCode, values: Record<string, string>) => string

/** What is filled in: counts, names, addresses, and words of a target with all that words may have. */
const value = fc.oneof(
  fc.nat().map(String),
  fc.emailAddress(),
  fc.string({ minLength: 1, maxLength: 40 }).filter(text => !/[;.:(),"]/.test(text) && text.trim() === text),
)

describe('sentences', () => {
  it('are known again by their codes, with what was filled in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.array(value, { minLength: 5, maxLength: 5 }), (code, given) => {
        const values = Object.fromEntries(fieldsOf(sentences[code]).map((name, index) => [name, given[index]!]))
        expect(readSentence(speak(code, values))).toEqual({ code, values } satisfies Said)
      }),
      { numRuns: 2000 },
    )
  })

  it('give the code of a sentence inside another', () => {
    expect(readSentence(say('leftFault', { id: '"1"', fault: say('idNoLetter') }))?.values).toEqual({
      id: '"1"',
      fault: say('idNoLetter'),
      faultCode: 'idNoLetter',
    })
  })

  it('leave the words of others alone', () => {
    for (const words of ['', 'Nobody has this address.', 'ETIMEDOUT', 'The target says no.']) {
      expect(readSentence(words)).toBeNull()
    }
  })

  it('fill no placeholder of another language that has no value', () => {
    for (const code of codes)
      expect([code, fieldsOf(sentences[code])]).toEqual([code, expect.arrayContaining(fieldsOf(german[code]))])
  })
})
