/** Hostile input: words, values and JSON texts meant to break a parser. */
import fc from 'fast-check'

/**
 * Bidirectional and zero-width characters, lone surrogates, letters whose case changes their length, paths, formulas, …
 */
export const hostileWords = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31m',
  'line\r\nbreak: x',
  '\ud800',
  'x\udfff',
  '\u202egnp.exe',
  'a\u200bd\u200da\ufeff',
  'a\u0301'.repeat(200),
  '👩‍👩‍👧‍👦'.repeat(40),
  'İstanbul',
  'ſtraße',
  'аdа',
  'ＡＤＡ',
  '\u2028\u2029',
  '\ufffe\uffff',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-1',
  '0',
  '9'.repeat(400),
  '1e400',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '%00',
  '%2e%2e%2f',
  "' OR 1=1 --",
  '"; drop table person; --',
  '$1',
  '$' + '{jndi:ldap://x}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=cmd|"/c calc"!A0',
  '@SUM(1)',
  '+1',
  'a@b@c',
  'İ@example.com',
  'ada\u200b@example.com',
  'ada@exam\u202eple.com',
  '"a b"@example.com',
  'x'.repeat(257),
  'x'.repeat(5000),
  '😀'.repeat(300),
]

/** A piece of JSON that is written verbatim. */
export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const deep = fc.integer({ min: 10, max: 100_000 })

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileWords) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, [], {}, [[]], 2 ** 31, 2 ** 53, -(2 ** 63)),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        '1e999',
        '-1e999',
        '-0',
        '1E400',
        `${'9'.repeat(400)}`,
        '0.1e-400',
        'NaN',
        '01',
        '1.',
        '"\\ud800"',
        '"\\u0000"',
        '',
      )
      .map(text => new Raw(text)),
  },
  { weight: 1, arbitrary: deep.map(depth => new Raw('['.repeat(depth) + ']'.repeat(depth))) },
  { weight: 1, arbitrary: deep.map(depth => new Raw(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 101, max: 20_000 }).map(count => Array.from({ length: count }, () => 'a')),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
)

/** One mutation of a JSON value: which position (counted through the whole value), and what happens there. */
export interface Mutation {
  at: number
  kind: 'replace' | 'drop' | 'wrap' | 'repeat' | 'add' | 'double'
  value: unknown
  name: string
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  kind: fc.constantFrom<Mutation['kind']>('replace', 'replace', 'replace', 'drop', 'wrap', 'repeat', 'add', 'double'),
  value: hostileValue,
  name: fc.constantFrom(...hostileWords),
})

/** Mutates one position of a copy of the value. */
export function mutate(value: unknown, { at, kind, value: other, name }: Mutation): unknown {
  let left = at % countPlaces(value)
  const visit = (here: unknown): unknown => {
    left -= 1
    if (left === -1) return change(here)
    if (Array.isArray(here)) return here.map(visit)
    if (isPlain(here)) return Object.fromEntries(Object.entries(here).map(([key, each]) => [key, visit(each)]))
    return here
  }
  const change = (here: unknown): unknown => {
    if (isPlain(here) && kind === 'drop') return Object.fromEntries(Object.entries(here).slice(1))
    if (isPlain(here) && kind === 'add')
      return new Raw(
        writeJson(here).replace(
          /^{/,
          `{${JSON.stringify(name)}:${writeJson(other)}${Object.keys(here).length > 0 ? ',' : ''}`,
        ),
      )
    if (isPlain(here) && kind === 'double') return new Raw(writeJson(here).replace(/^{(.+)}$/s, '{$1,$1}'))
    if (Array.isArray(here) && kind === 'drop') return here.slice(1)
    if (Array.isArray(here) && kind === 'repeat') return Array.from({ length: 60 }, () => here).flat()
    if (typeof here === 'string' && kind === 'repeat') return here.repeat(300)
    if (kind === 'wrap') return [here]
    return other
  }
  return visit(value)
}

function countPlaces(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + countPlaces(each), 1)
  if (isPlain(value)) return Object.values(value).reduce((sum: number, each) => sum + countPlaces(each), 1)
  return 1
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw)
}

/** Serialises to JSON, with verbatim pieces as they are. */
export function writeJson(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (isPlain(value)) {
    return `{${Object.entries(value)
      .map(([name, each]) => `${JSON.stringify(name)}:${writeJson(each)}`)
      .join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
