import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readOutcome, storedOutcome } from '#roomkey/store/refresh/stored-outcome.js'

it('stores every outcome of a batch so that it reads the same, and a refusal of a hundred rooms in few bytes', () => {
  const refusal = fc.oneof(
    fc.constantFrom('PersonTwice', 'NoPersonalRoom', 'RoomIdTaken').map(reason => ({ reason })),
    fc.string().map(fault => ({ reason: 'RoomIdMalformed', fault })),
  )
  const refused = fc.array(refusal, { maxLength: 100 }).map(refusals => ({
    outcome: 'refused',
    refusals: refusals.map((each, item) => ({ ...each, item })),
    replayed: false,
  }))
  const rooms = fc.array(fc.record({ personId: fc.string(), email: fc.string(), id: fc.string() }))
  const refreshed = rooms.map(rooms => ({ outcome: 'refreshed', rooms, replayed: false }))
  fc.assert(
    fc.property(fc.oneof(refused, refreshed), outcome => {
      expect(readOutcome(storedOutcome(outcome as never))).toEqual(outcome)
      expect(readOutcome(JSON.stringify(outcome))).toEqual(outcome)
    }),
  )
  const all = Array.from({ length: 100 }, (_, item) => ({ reason: 'RoomIdTaken', item }))
  expect(storedOutcome({ outcome: 'refused', refusals: all, replayed: false } as never).length).toBeLessThan(120)
})
