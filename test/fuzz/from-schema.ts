/** Random values that a JSON schema allows, with meaningful words where there are some. */
import fc from 'fast-check'

export interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
}

export type Words = Record<string, string[]>

/** @param name of the field, from which `words` may know what fits. */
export function valid(schema: Schema, name: string, words: Words): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(each => valid(each, name, words)))
  switch (schema.type) {
    case 'string':
      return text(schema, words[name])
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.ceil(schema.minimum ?? -5), max: schema.maximum ?? 1000 })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return list(schema, name, words)
    case 'object':
      return record(schema, words)
    default:
      return fc.jsonValue({ maxDepth: 3 })
  }
}

function text({ pattern, minLength = 0, maxLength = 300 }: Schema, known: string[] | undefined): fc.Arbitrary<string> {
  const drawn = fc
    .oneof(fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 80) }), plainText(pattern))
    .filter(word => word.length >= minLength && word.length <= maxLength && fits(word, pattern))
  return known === undefined ? drawn : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, drawn)
}

/** Patterns that random text hardly ever matches. */
function plainText(pattern: string | undefined): fc.Arbitrary<string> {
  if (pattern?.includes('@')) return fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.test$/)
  if (pattern === undefined || pattern.includes('\\p{')) return fc.stringMatching(/^[ -~]{1,30}$/)
  return fc.stringMatching(new RegExp(pattern))
}

function fits(word: string, pattern: string | undefined): boolean {
  return pattern === undefined || new RegExp(pattern, 'u').test(word)
}

function list({ items = {}, minItems = 0, maxItems = 6, uniqueItems }: Schema, name: string, words: Words) {
  const bounds = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 4) }
  const item = valid(items, name, words)
  return uniqueItems ? fc.uniqueArray(item, bounds) : fc.array(item, bounds)
}

function record({ properties = {}, required = [] }: Schema, words: Words): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [name, valid(schema, name, words)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: required as never[], noNullPrototype: true })
}
