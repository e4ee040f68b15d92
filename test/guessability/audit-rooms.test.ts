import { describe, expect, it } from 'vitest'
import { type Chance, seededChance } from '#roomkey/demo/chance.js'
import { demoPeople } from '#roomkey/demo/people.js'
import { type AuditedRoom, auditRooms } from '#roomkey/guessability/site-report/audit-rooms.js'
import { proposeRoomId } from '#roomkey/rooms/id-rule.js'
import { dayMs } from '#roomkey/time.js'
import type { JudgedRoom } from '#roomkey/wire/audit.js'

const now = Date.parse('2026-03-02T10:00:00Z')
const hosts = [...demoPeople(3000)].filter(person => person.host)
const draw = (chance: Chance) => (alphabet: string, length: number) =>
  Array.from({ length }, () => chance.pick([...alphabet])).join('')

function rooms(method: 'emailPrefix' | 'random' | 'meetingNumber'): AuditedRoom[] {
  const chance = seededChance(5)
  return hosts.map(({ email, firstName, lastName, username, personId }) => {
    const person = { email, firstName, lastName, username }
    const { id } = proposeRoomId({ method, prefix: 'pr', length: 12 }, person, draw(chance))
    return { ...person, personId, roomId: id, siteUrl: 'example.webex.com' }
  })
}

const person = { email: 'ann.lee@example.com', firstName: 'Ann', lastName: 'Lee', username: null }

describe('the audit of the demo site', () => {
  it('finds over 95% within 10 guesses where IDs follow the e-mail address', async () => {
    const { found, classes, firstRoom, rooms: count } = await auditRooms(() => rooms('emailPrefix'), { now })
    expect(count).toBe(hosts.length)
    expect(found.map(point => point.guesses)).toEqual([10, 1000, 1_000_000])
    expect(found[0]!.share).toBeGreaterThan(0.95)
    expect(classes).toEqual([{ class: 'emailPrefix', rooms: hosts.length }])
    expect(firstRoom).toBe(1)
  })

  it('finds none within a million guesses where IDs are random', async () => {
    const { found, classes, firstRoom, medianBits } = await auditRooms(() => rooms('random'), { now })
    expect(found.at(-1)!.rooms).toBeLessThan(1e-6)
    expect(classes).toEqual([{ class: 'random', rooms: hosts.length }])
    expect(firstRoom! / (36 ** 12 / hosts.length)).toBeCloseTo(1, 1)
    expect(medianBits).toBeCloseTo(62.04, 1)
  })

  it('finds random numbers that are near each other', async () => {
    const { found } = await auditRooms(() => rooms('meetingNumber'), { now })
    expect(found[1]!.share).toBeLessThan(0.01)
    expect(found[2]!.share).toBeLessThan(0.2)
  })

  it('takes rooms as a stream', async () => {
    async function* source() {
      for (const room of rooms('emailPrefix').slice(0, 10)) yield room
    }
    expect((await auditRooms(source, { now })).rooms).toBe(10)
  })
})

describe('the metrics of an audit', () => {
  it('are empty for a site without rooms', async () => {
    const audit = await auditRooms(() => [], { now })
    expect(audit).toMatchObject({ rooms: 0, firstRoom: null, medianBits: null, classes: [], worst: [], siteUrls: [] })
    expect(audit.found.every(point => point.share === 0)).toBe(true)
  })

  it('count the age of IDs from when they were claimed', async () => {
    const days = [2, 40, 200, 500, 2000]
    const source = () => [
      ...days.map(age => ({ ...person, roomId: `r${age}`, since: now - age * dayMs })),
      { ...person, roomId: 'r' },
    ]
    const { ages } = await auditRooms(source, { now })
    expect(ages).toEqual({
      unknown: 1,
      medianDays: 200,
      oldestDays: 2000,
      bands: [30, 90, 365, 1095, null].map(underDays => ({ underDays, rooms: 1 })),
    })
  })

  it('count IDs that reveal the login name', async () => {
    const withLogin = { ...person, username: 'alee' }
    const source = () => [
      { ...person, roomId: 'ann.lee' },
      { ...person, roomId: 'annlee7' },
      { ...person, roomId: 'lee' },
      { ...withLogin, roomId: 'ALee' },
      { ...withLogin, roomId: 'ann.lee' },
      { ...person, username: 'Ann.Lee@corp.example.com', roomId: 'ann-lee' },
    ]
    expect((await auditRooms(source, { now })).loginLeaks).toEqual({ rooms: 4 })
  })

  it('count IDs that several sites have', async () => {
    const source = () => [
      { ...person, roomId: 'ann', siteUrl: 'a.webex.com' },
      { ...person, roomId: 'Ann', siteUrl: 'b.webex.com' },
      { ...person, roomId: 'lee', siteUrl: 'a.webex.com' },
      { ...person, roomId: 'ann', siteUrl: 'c.webex.com' },
    ]
    const audit = await auditRooms(source, { now })
    expect(audit.siteUrls).toEqual(['a.webex.com', 'b.webex.com', 'c.webex.com'])
    expect(audit.reuse).toEqual({ ids: 1, rooms: 3 })
  })

  it('list the fifty worst, among equals the oldest first', async () => {
    const chance = seededChance(9)
    const all = rooms('emailPrefix').map((room, index) => ({
      ...room,
      roomId: index % 2 === 0 ? room.roomId : `${room.roomId}${chance.below(100)}`,
      since: now - chance.below(1000) * dayMs,
    }))
    const judged: JudgedRoom[] = []
    const { worst } = await auditRooms(() => all, { now, onRoom: room => void judged.push(room) })
    const expected = judged.sort((a, b) => a.guesses - b.guesses || a.since! - b.since! || (a.email < b.email ? -1 : 1))
    expect(judged).toHaveLength(all.length)
    expect(worst).toEqual(expected.slice(0, 50))
  })

  it('expect the first room when a round of guesses hits one', async () => {
    const site = rooms('random').slice(0, 99)
    const hits = 3
    const source = () => [
      ...site,
      ...hosts.slice(99, 99 + hits).map(host => ({ ...host, roomId: host.email.split('@')[0]! })),
    ]
    const { firstRoom } = await auditRooms(source, { now })
    const chance = seededChance(1)
    const rounds = Array.from({ length: 20_000 }, () => {
      const places = new Set<number>()
      while (places.size < hits) places.add(1 + chance.below(99 + hits))
      return Math.min(...places)
    })
    const simulated = rounds.reduce((sum, first) => sum + first, 0) / rounds.length
    expect(firstRoom! / simulated).toBeGreaterThan(0.95)
    expect(firstRoom! / simulated).toBeLessThan(1.05)
  })

  it('follow a curve that never falls', async () => {
    const mixed = [
      ...rooms('emailPrefix').slice(0, 100),
      ...rooms('meetingNumber').slice(100, 300),
      ...rooms('random').slice(300),
    ]
    const { curve, found, strength } = await auditRooms(() => mixed, { now })
    const shares = curve.map(point => point.share)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    for (const point of found) expect(curve).toContainEqual(point)
    expect(strength.reduce((sum, band) => sum + band.rooms, 0)).toBe(mixed.length)
  })
})
