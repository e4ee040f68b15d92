/** A list of rooms that is wrong for too many people is refused by reading a few of them. */
import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { judgeSample, maxRoomsToRead, mayBeWrong, RandomSample, roomsToRead } from '#roomkey/rooms/list-sample.js'
import { newListSample, readListSample } from '#roomkey/rotations/target/read-sample.js'

const entry = (index: number) => ({ personId: `p${index}`, email: `p${index}@example.com`, roomId: `room${index}` })

/** How often, of so many lists that are wrong for their first people, the sample refuses one. */
async function refusedOf(runs: number, listed: number, wrong: number): Promise<number> {
  let refused = 0
  const list = Array.from({ length: listed }, (_, index) => entry(index))
  for (let run = 0; run < runs; run += 1) {
    const sample = newListSample<ReturnType<typeof entry>>()
    for (const room of list) sample.meet(room)
    const judged = await readListSample(sample, async ({ personId, roomId }) => {
      return { roomId: Number(personId.slice(1)) < wrong ? 'other' : roomId }
    })
    if (judged.verdict !== 'agrees') refused += 1
  }
  return refused
}

describe('a sample of a list', () => {
  it('reads few rooms of a long list, and nearly all of a short one', () => {
    expect(maxRoomsToRead).toBe(368)
    expect([0, 1, 20, 100, 1000, 50_000, 500_000].map(roomsToRead)).toEqual([0, 1, 20, 98, 308, 366, 367])
  })

  it.each([
    { listed: 1000, share: 0.1, least: 999 },
    { listed: 5000, share: 0.1, least: 999 },
    { listed: 60, share: 0.01, least: 950 },
    { listed: 1000, share: 0.01, least: 950 },
    { listed: 5000, share: 0.01, least: 950 },
  ])(
    'refuses a list of $listed that is wrong for $share of people at least $least times of 1,000',
    async ({ listed, share, least }) => {
      expect(await refusedOf(1000, listed, Math.ceil(listed * share))).toBeGreaterThanOrEqual(least)
    },
  )

  it('believes a list that is right, and none of which a room could not be read, nor one of nobody', async () => {
    expect(await refusedOf(50, 1000, 0)).toBe(0)
    expect(judgeSample({ agree: 300, differ: 0, unread: 1 })).toBe('unread')
    expect(judgeSample({ agree: 300, differ: 1, unread: 1 })).toBe('differs')
    expect(judgeSample({ agree: 0, differ: 0, unread: 0 })).toBe('unread')
  })

  it('draws each entry with the same chance, wherever it stands in the list', () => {
    const counts = Array.from({ length: 40 }, () => 0)
    for (let run = 0; run < 8000; run += 1) {
      const sample = new RandomSample<number>(20, randomInt)
      for (const index of counts.keys()) sample.meet(index)
      for (const index of sample.drawn(10)) counts[index]! += 1
    }
    // Each is drawn 2,000 times on average; the standard deviation is 39.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(250)
  })

  it('tells how many of the rooms that were not read may be wrong', () => {
    expect(mayBeWrong(500_000, 300)).toBe(4966)
    expect(mayBeWrong(100, 100)).toBe(0)
    expect(mayBeWrong(100, 0)).toBe(100)
    expect(mayBeWrong(10, 5)).toBe(3)
  })
})
