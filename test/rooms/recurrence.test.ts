import { expect, it } from 'vitest'
import { occurrencesBetween } from '#roomkey/rooms/meeting-times.js'
import { recurrenceFault } from '#roomkey/rooms/recurrence.js'

const parts: [string, (string | null)[]][] = [
  ['FREQ', ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'HOURLY']],
  ['INTERVAL', [null, '2', '12', '99']],
  ['BYDAY', [null, 'MO,TU', '4SU', '-1FR']],
  ['BYMONTHDAY', [null, '28', '29', '30', '31', '-1']],
  ['BYSETPOS', [null, '4', '-1']],
  ['BYMONTH', [null, '2', '4']],
]

it('takes no rule that keeps the service busy because it never happens', () => {
  const rules = parts.reduce<string[][]>(
    (begun, [name, values]) =>
      begun.flatMap(rule => values.map(value => (value === null ? rule : [...rule, `${name}=${value}`]))),
    [[]],
  )
  const taken = rules.map(rule => rule.join(';')).filter(rule => recurrenceFault(rule) === undefined)
  expect(taken.length).toBeGreaterThan(80)
  // From a February of an odd year on, in which the rarest days are.
  const startsAt = Date.parse('2027-02-01T08:00:00Z')
  const slow: string[] = []
  for (const recurrence of taken) {
    const meeting = { startsAt, endsAt: startsAt + 3_600_000, timezone: 'UTC', recurrence, exceptions: [] }
    const began = performance.now()
    occurrencesBetween(meeting, startsAt, Number.MAX_SAFE_INTEGER)
    if (performance.now() - began > 500) slow.push(recurrence)
  }
  expect(slow).toEqual([])
})
