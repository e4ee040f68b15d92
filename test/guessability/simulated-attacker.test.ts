import { describe, expect, it } from 'vitest'
import { guessability } from '#roomkey/guessability/guessability.js'
import { type AuditedRoom, auditRooms } from '#roomkey/guessability/site-report/audit-rooms.js'
import { guesses } from './attacker.ts'
import { directory, languages } from './directories.ts'

const maxGuesses = 1_000_000
const maxRepeats = 100_000

/**
 * Attacks one room: returns how many distinct guesses it took; undefined when a million were not enough. Distinct
 * guesses are counted only where the room was found, since counting takes most of the time; duplicates are few.
 */
function attack(room: AuditedRoom): number | undefined {
  const target = room.roomId.toLowerCase()
  const [, number] = /^pr(\d{1,6})$/.exec(target) ?? []
  if (number !== undefined) return Number(number) + 1
  let made = 0
  for (const guess of guesses(room)) {
    made += 1
    if (guess === target) return distinct(room, made)
    if (made === maxGuesses + maxRepeats) return undefined
  }
  return undefined
}

function distinct(room: AuditedRoom, made: number): number | undefined {
  const tried = new Set<string>()
  for (const guess of guesses(room)) {
    tried.add(guess)
    made -= 1
    if (made === 0) break
  }
  return tried.size <= maxGuesses ? tried.size : undefined
}

describe.each(languages)('a simulated attacker on a directory of %s names', language => {
  it('finds what the audit predicts, within 5% of the rooms', { timeout: 120_000 }, async () => {
    const rooms = directory(language)
    const { found } = await auditRooms(() => rooms, { now: 0 })
    const attacked = rooms.map(attack)
    for (const { guesses: within, share } of found) {
      const foundByAttack = attacked.filter(needed => needed !== undefined && needed <= within).length / rooms.length
      expect(Math.abs(foundByAttack - share), `within ${within} guesses`).toBeLessThanOrEqual(0.05)
    }
    expect(found.at(-1)!.share).toBeGreaterThan(0.5)
    expect(found.at(-1)!.share).toBeLessThan(1)
  })
})

describe('the rank of an ID', () => {
  const people = languages.map(language => directory(language)[3]!)

  it.each(people)('of $email is the number of the guess that is this ID', { timeout: 60_000 }, person => {
    const seen = new Set<string>()
    let number = 0
    for (const guess of guesses(person)) {
      number += 1
      if (number > 400_000) break
      if (seen.has(guess)) continue
      seen.add(guess)
      const sampled = number <= 400 || number % 997 === 0
      if (sampled && !/^pr\d+$/.test(guess)) expect(guessability(person, guess).rank, guess).toBe(number)
    }
  })

  it('ignores case', () => {
    const person = people[0]!
    expect(guessability(person, person.email.split('@')[0]!.toUpperCase()).rank).toBe(1)
  })
})
