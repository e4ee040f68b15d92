/**
 * Lists where two JSON values differ, one line each: the path, what was expected, what came. The order of keys does not
 * matter.
 */
export function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (Object.is(expected, actual)) return []
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return range(Math.max(expected.length, actual.length)).flatMap(index =>
      differences(expected[index], actual[index], `${path}/${index}`),
    )
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap(key => differences(expected[key], actual[key], `${path}/${key}`))
  }
  return [`${path || '/'}: expected ${shown(expected)}, got ${shown(actual)}`]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}
