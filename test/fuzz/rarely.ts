import fc from 'fast-check'

/** Mostly the second, rarely the first: `odds` to one. */
export const oddly = <Value>(rarely: fc.Arbitrary<Value>, mostly: fc.Arbitrary<Value>, odds = 6) =>
  fc.oneof({ weight: odds, arbitrary: mostly }, { weight: 1, arbitrary: rarely })
