import { describe, expect, it } from 'vitest'
import { readPeople } from '#roomkey/http/rotations/plan-request.js'

describe('a list of people', () => {
  it('is read in pieces, yields in between, and splits no character', async () => {
    const addresses = Array.from({ length: 60_000 }, (_, n) => `ädä😀${n}@example.com`)
    let yields = 0
    let over = false
    const others = () => {
      yields += 1
      if (!over) setImmediate(others)
    }
    others()
    const { choice } = await readPeople(
      { who: 'listed', name: 'list.csv', csv: `email\n${addresses.join('\n')}` },
      'example.webex.com',
    )
    over = true
    expect(choice.who === 'listed' && [...choice.people.keys()]).toEqual(addresses)
    expect(yields).toBeGreaterThan(10)
  })
})
