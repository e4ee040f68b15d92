/** Request bodies: valid, mutated, damaged, and missing ones. */
import fc from 'fast-check'
import { type Schema, valid, type Words } from './from-schema.ts'
import { mutate, mutation, writeJson } from './hostile.ts'
import { oddly } from './rarely.ts'

export interface Body {
  bytes: Buffer
  headers: [string, string][]
}

/** @param sensible valid bodies, where there are some. */
export function bodyOf(schema: Schema, words: Words, sensible: unknown[] | undefined): fc.Arbitrary<Body | null> {
  const drawn = valid(schema, '', words)
  const value = sensible === undefined ? drawn : oddly(drawn, fc.constantFrom(...sensible), 3)
  const right = value.map(asJson)
  const mutated = fc
    .tuple(value, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([whole, mutations]) => asJson(mutations.reduce(mutate, whole)))
  const damaged = fc.tuple(right, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([{ bytes, headers }, at, byte]) => {
    const broken = Buffer.from(bytes)
    if (broken.length > 0) broken[at % broken.length] = byte
    return { bytes: broken, headers }
  })
  return fc.oneof(
    { weight: 8, arbitrary: right },
    { weight: 5, arbitrary: mutated },
    { weight: 2, arbitrary: damaged },
    { weight: 1, arbitrary: anyBody },
    {
      weight: 1,
      arbitrary: right.chain(({ bytes }) =>
        types.map(type => ({ bytes, headers: [['Content-Type', type]] as [string, string][] })),
      ),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  )
}

const types = fc.constantFrom(
  'application/json; charset=utf-16',
  'application/json;charset="utf-8"; x=y',
  'APPLICATION/JSON',
  'application/json, text/plain',
  'application/problem+json',
  'text/plain',
  'text/csv',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'x',
  '/',
  ';',
  '',
)

function asJson(value: unknown): Body {
  return { bytes: Buffer.from(writeJson(value)), headers: [['Content-Type', 'application/json']] }
}

export const anyBody: fc.Arbitrary<Body> = fc
  .tuple(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(new Uint8Array(0), Buffer.from('{}'), Buffer.from('null'), Buffer.from('\ufeff{}')),
    ),
    oddly(types, fc.constant('application/json'), 1),
  )
  .map(([bytes, type]) => ({ bytes: Buffer.from(bytes), headers: [['Content-Type', type]] }))
