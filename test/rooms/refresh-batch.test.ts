/**
 * The batch rule on any state of a site and any batch: either the final state is valid and the answer lists it, or
 * nothing changed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generationMethods } from '#roomkey/rooms/id-rule.js'
import {
  type BatchDecision,
  type BatchPerson,
  type BatchQuestion,
  judgeBatch,
  type KeyState,
} from '#roomkey/rooms/refresh-batch.js'
import { roomIdFault, roomIdKey } from '#roomkey/rooms/room-id.js'

const now = 1_000_000
const quarantineMs = 1000

interface Site {
  people: BatchPerson[]
  keys: Map<string, KeyState>
}

/** A few IDs for a few people, so that they collide all the time. */
const someId = fc.constantFrom('ann', 'Ann', 'ben', 'BEN', 'cyd', 'dan', 'eve', 'eve2', 'not valid', '123', '')

/** A site after some history: each step gives one person a free ID, or takes theirs away. */
const someSite = fc
  .array(fc.record({ person: fc.nat({ max: 5 }), id: someId, at: fc.integer({ min: 1, max: now }) }), { maxLength: 25 })
  .chain(steps => fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }).map(rooms => siteAfter(steps, rooms)))

function siteAfter(steps: { person: number; id: string; at: number }[], rooms: boolean[]): Site {
  const names = ['ann', 'ben', 'cyd', 'dan', 'eve', 'ann']
  const people = names.map(
    (name, person): BatchPerson => ({
      person,
      personId: `person-${person}`,
      email: `${name}@example.com`,
      firstName: name,
      lastName: 'Example',
      username: null,
      hasRoom: rooms[person]!,
      claims: 0,
      currentId: null,
    }),
  )
  const keys = new Map<string, KeyState>()
  for (const { person: number, id, at } of steps.sort((a, b) => a.at - b.at)) {
    const person = people[number]!
    const key = roomIdKey(id)
    const state = keys.get(key)
    if (roomIdFault(id) !== undefined || (state !== undefined && state.freedAt === null)) continue
    if (person.currentId !== null) keys.get(roomIdKey(person.currentId))!.freedAt = at
    keys.set(key, { tenure: (state?.tenure ?? 0) + 1, holder: number, freedAt: null })
    person.claims += 1
    person.currentId = id
  }
  return { people, keys }
}

function decide(
  site: Site,
  items: { person: number; id: string | null }[],
  method = generationMethods[0] as BatchQuestion['rule']['method'],
) {
  let drawn = 0
  const rule = judgeBatch({
    rule: { method, prefix: 'pr', length: 12 },
    quarantineMs,
    now,
    items: items.map(({ person, id }) => ({ person: site.people[person]!, id })),
    draw: (_alphabet, length) => {
      drawn += 1
      return String(drawn).padStart(length, '1')
    },
  })
  let step = rule.next()
  while (!step.done) {
    const asked = new Map<string, KeyState>()
    for (const key of step.value) {
      const state = site.keys.get(key)
      if (state !== undefined) asked.set(key, state)
    }
    step = rule.next(asked)
  }
  return step.value
}

/** The same decision, made the other way round: apply the batch to a copy and check whether the result is valid. */
function refusedByLook(site: Site, items: { person: number; id: string }[]): boolean {
  const final = new Map(site.people.map(({ person, currentId }) => [person, currentId]))
  for (const { person, id } of items) final.set(person, id)
  const holders = [...final].flatMap(([person, id]) => (id === null ? [] : [{ person, key: roomIdKey(id) }]))
  const held = new Set(holders.map(({ key }) => key))
  return (
    new Set(items.map(({ person }) => person)).size < items.length ||
    items.some(({ person }) => !site.people[person]!.hasRoom) ||
    items.some(({ id }) => roomIdFault(id) !== undefined) ||
    held.size < holders.length ||
    items.some(({ person, id }) => {
      const state = site.keys.get(roomIdKey(id))
      return state?.freedAt != null && state.holder !== person && now < state.freedAt + quarantineMs
    })
  )
}

function expectValidAfter(site: Site, items: { person: number; id: string | null }[], decision: BatchDecision): void {
  if ('refusals' in decision) {
    expect(decision.refusals.length).toBeGreaterThan(0)
    return
  }
  expect(decision.rooms.map(({ person }) => person)).toEqual(items.map(({ person }) => person))

  const final = new Map(site.people.map(({ person, currentId }) => [person, currentId]))
  for (const { person, id, claim } of decision.rooms) {
    expect(roomIdFault(id)).toBeUndefined()
    const before = site.people[person]!
    if (claim === null) {
      expect(id).toBe(before.currentId)
      continue
    }
    expect(claim.number).toBe(before.claims + 1)
    expect(claim.tenure).toBe((site.keys.get(claim.key)?.tenure ?? 0) + 1)
    expect(claim.key).toBe(roomIdKey(id))
    final.set(person, id)
  }
  const held = [...final.values()].flatMap(id => (id === null ? [] : [roomIdKey(id)]))
  expect(new Set(held).size).toBe(held.length)
}

describe('any batch on any site', () => {
  const asked = fc.record({ person: fc.nat({ max: 5 }), id: someId })

  it('with given IDs is accepted exactly when its final state is valid', () => {
    fc.assert(
      fc.property(someSite, fc.array(asked, { minLength: 1, maxLength: 6 }), (site, items) => {
        const decision = decide(site, items)
        expect('refusals' in decision).toBe(refusedByLook(site, items))
        expectValidAfter(site, items, decision)
      }),
      { numRuns: 5000 },
    )
  })

  it("by the site's rule gives everybody with a room a valid ID", () => {
    const people = fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1 })
    fc.assert(
      fc.property(someSite, people, fc.constantFrom(...generationMethods), (site, numbers, method) => {
        const items = numbers.map(person => ({ person, id: null }))
        const decision = decide(site, items, method)
        expect('refusals' in decision).toBe(numbers.some(person => !site.people[person]!.hasRoom))
        expectValidAfter(site, items, decision)
        if ('rooms' in decision && (method === 'random' || method === 'meetingNumber')) {
          expect(decision.rooms.every(({ claim }) => claim?.tenure === 1)).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('names the item at fault, and only that one', () => {
    const site = siteAfter([{ person: 0, id: 'ann', at: 1 }], [true, true, true, true, true, true])
    const decision = decide(site, [
      { person: 1, id: 'ben' },
      { person: 2, id: 'ANN' },
      { person: 3, id: 'dan' },
    ])
    expect(decision).toEqual({ refusals: [{ reason: 'RoomIdTaken', item: 1 }] })
  })
})

describe('a name that many have', () => {
  const jsmith = (person: number, currentId: string | null = null): BatchPerson => ({
    person,
    personId: `person-${person}`,
    email: `j.smith.${person}@example.com`,
    firstName: 'Jane',
    lastName: 'Smith',
    username: null,
    hasRoom: true,
    claims: 0,
    currentId,
  })

  /** The IDs that a batch gives where `jsmith`, `jsmith2` … are taken, and how much was asked for them. */
  function giveIds(people: BatchPerson[], taken: (index: number) => boolean) {
    const question: BatchQuestion = {
      items: people.map(person => ({ person, id: null })),
      rule: { method: 'firstInitialLastName', prefix: 'pr', length: 12 },
      now,
      quarantineMs,
      draw: () => '',
    }
    const judging = judgeBatch(question)
    let questions = 0
    let keys = 0
    for (let step = judging.next(); ; ) {
      if (step.done) {
        if (!('rooms' in step.value)) throw new Error('It was refused.')
        return { ids: step.value.rooms.map(({ id }) => id), questions, keys }
      }
      questions += 1
      keys += step.value.length
      const states = new Map<string, KeyState>()
      for (const key of step.value) {
        const index = Number(key.slice('jsmith'.length) || 1)
        const own = people.find(({ currentId }) => currentId === key)
        if (own !== undefined) states.set(key, { tenure: 1, holder: own.person, freedAt: null })
        else if (taken(index)) states.set(key, { tenure: 1, holder: 100_000 + index, freedAt: null })
      }
      step = judging.next(states)
    }
  }

  it.each([2, 32, 33, 34, 100, 4_000, 100_000, 3_000_000])('costs few questions where %i have it', count => {
    const batch = Array.from({ length: 100 }, (_, person) => jsmith(person))
    const { ids, questions, keys } = giveIds(batch, index => index <= count)
    expect(ids).toEqual(batch.map((_, more) => `jsmith${count + 1 + more}`))
    expect(questions).toBeLessThan(130)
    const one = giveIds([jsmith(1)], index => index <= count)
    expect(one.ids).toEqual([`jsmith${count + 1}`])
    expect([one.questions, one.keys]).toEqual([expect.any(Number), expect.any(Number)])
    expect(one.questions).toBeLessThan(12)
    expect(one.keys).toBeLessThan(200)
    expect(keys).toBeLessThan(3_000)
  })

  it('leaves an ID that follows the rule, fills gaps among the first, and gives nothing twice', () => {
    expect(giveIds([jsmith(1, 'jsmith2500')], index => index <= 4_000).ids).toEqual(['jsmith2500'])
    expect(giveIds([jsmith(1)], index => index <= 4_000 && index !== 17).ids).toEqual(['jsmith17'])
    const odd = giveIds([jsmith(1), jsmith(2), jsmith(3)], index => index <= 40 || index % 2 === 1).ids
    expect(new Set(odd).size).toBe(3)
    for (const id of odd) expect(Number(id.slice('jsmith'.length)) % 2).toBe(0)
  })
})
