import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { english } from '#roomkey/messages/english/english.js'
import { isMessage, type Message, type MessageCode, message, type Param } from '#roomkey/messages/message.js'
import { render } from '#roomkey/messages/render.js'
import { fromStored, toStored } from '#roomkey/store/stored-message.js'
import { messages as german } from '../../console/src/language/de/messages.ts'
import { renderInGerman } from '../../console/src/language/de/render-message.ts'

const codes = Object.keys(english) as MessageCode[]

/** The names of the params of a wording: in braces, or the ones that a function asks for. */
function paramsOf(wording: string | ((params: never) => string)): string[] {
  if (typeof wording === 'string') return [...wording.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
  const asked = new Set<string>()
  const params = new Proxy<Record<string, number>>(
    {},
    {
      get(_, name) {
        asked.add(String(name))
        return 2
      },
      // A wording may take what is left over together.
      ownKeys: () => ['bits', 'guesses'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    },
  )
  wording(params as never)
  return [...asked].sort()
}

const text = fc.string({ unit: 'binary', maxLength: 40 })
const { words } = fc.letrec<{ words: Message | string; message: Message; param: Param }>(tie => ({
  words: fc.oneof({ maxDepth: 3 }, text, tie('message')),
  message: fc.record({
    code: fc.constantFrom(...codes),
    params: fc.dictionary(
      text.filter(name => name !== '__proto__'),
      tie('param'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  }),
  param: fc.oneof({ maxDepth: 3 }, fc.integer(), tie('words'), fc.array(tie('words'), { maxLength: 3 })),
}))

describe('messages', () => {
  it('come back from a column as they were, and so does any text, whatever they hold', () => {
    fc.assert(
      fc.property(words, given => {
        const column = toStored(given)
        expect(String(column)).not.toMatch(/\0|\p{Cs}/u)
        expect(fromStored(column)).toEqual(given)
      }),
      { numRuns: 2000 },
    )
  })

  it('come back from texts that look like messages', () => {
    for (const given of ['{"code":"noPerson","params":{}}', '"quoted"', '{', '"', '', '{}', 'a. b', '\0', '\ud800']) {
      expect(fromStored(toStored(given))).toBe(given)
    }
  })

  it('are rendered with any params, in English and German, without losing a text that is filled in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.array(text, { minLength: 6, maxLength: 6 }), (code, given) => {
        const names = paramsOf(english[code])
        const wording = typeof english[code] === 'string'
        const params = Object.fromEntries(names.map((name, index) => [name, given[index]!]))
        const rendered = render({ code, params })
        if (wording) for (const name of names) expect(rendered).toContain(params[name])
        expect(renderInGerman({ code, params })).toEqual(expect.any(String))
      }),
      { numRuns: 2000 },
    )
  })

  it('are rendered with the messages inside them', () => {
    const inner = message('leftInvalidId', { id: 'a. b', fault: message('idCharacters') })
    expect(render(inner)).toBe(
      'The new ID would be "a. b". Personal meeting room ID may only contain letters, digits, "-", "." and "_".',
    )
    expect(renderInGerman(inner)).toBe(
      'Die neue ID wäre "a. b". Eine Raum-ID darf nur aus Buchstaben, Ziffern, „-“, „.“ und „_“ bestehen.',
    )
    expect(renderInGerman(message('leftNoRoom', { reason: 'Whatever the target said.' }))).toBe(
      'Kein persönlicher Raum: Whatever the target said.',
    )
  })

  it('count in the singular and in the plural', () => {
    const refused = (refused: number, count: number) => render(message('stoppedTooManyRefused', { refused, count }))
    expect(refused(1, 1)).toMatch(/^1 of 1 room was refused;/)
    expect(refused(2, 1200)).toMatch(/^2 of 1,200 rooms were refused;/)
  })

  it('have names for what is unknown: a code of another version, and what is no message', () => {
    const unknown = { code: 'toString', params: {} } as unknown as Message
    expect(render(unknown)).toBe('Message toString of another version of Roomkey.')
    expect(renderInGerman(unknown)).toBeNull()
    for (const other of [
      null,
      [],
      'text',
      { code: 1, params: {} },
      { code: 'noPerson' },
      { code: 'x', params: { a: null } },
    ]) {
      expect(isMessage(other)).toBe(false)
    }
  })

  it('ask for nothing in German that they do not have in English', () => {
    for (const code of codes) {
      expect([code, paramsOf(english[code])]).toEqual([code, expect.arrayContaining(paramsOf(german[code]))])
    }
  })
})
