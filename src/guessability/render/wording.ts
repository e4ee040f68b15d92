/** The wording that the audit's text, page and comparison share. */

import { approximately, integer, percent } from '../../messages/numbers.ts'
import type { Audit, GuessClass } from '../../wire/audit.ts'

export const classNames: Record<GuessClass, string> = {
  emailPrefix: 'E-mail prefix',
  firstInitialLastName: 'First initial + last name',
  username: 'Username',
  nameForm: 'Name in another form',
  spelling: 'Name in another spelling',
  nickname: 'Nickname',
  nameAndNumber: 'Name and a number',
  nameAndWord: 'Name and a word',
  date: 'With a date',
  word: 'Common words',
  short: 'Up to three characters',
  nearbyNumber: 'Number near another',
  number: 'Prefix and number',
  ownChoice: 'Own choice',
  random: 'Random',
}

export const classNotes: Record<GuessClass, string> = {
  emailPrefix: 'What stands before the @ of the address.',
  firstInitialLastName: 'As a site makes it from the names.',
  username: 'The login name, or the whole address without the @.',
  nameForm: 'Other orders, initials and separators.',
  spelling: 'Accents written out, or one word of a name.',
  nickname: 'A short form of the first name.',
  nameAndNumber: 'A name with digits or a year after it.',
  nameAndWord: 'A name with “room”, “meet” and the like.',
  date: 'It contains a date or a year.',
  word: 'Words that anybody would try.',
  short: 'So short that all can be tried.',
  nearbyNumber: 'Counting up or down from a known link finds it.',
  number: 'The same letters as others, and a number.',
  ownChoice: 'Chosen by the host; the bits are an upper bound.',
  random: 'It is random.',
}

export interface Headline {
  label: string
  value: string
}

/** The key metrics, in words. */
export function headlines(audit: Audit): Headline[] {
  const { firstRoom, medianBits, ages, loginLeaks, reuse, rooms } = audit
  return [
    ...audit.found.map(point => ({
      label: `Found within ${integer(point.guesses)} guesses per person`,
      value: point.rooms < 0.5 ? 'none' : `${roomsFound(point.rooms)} (${percentFound(point)})`,
    })),
    { label: 'Guesses until the first room is found', value: firstRoom === null ? '–' : approximately(firstRoom) },
    { label: 'Strength of the median ID', value: medianBits === null ? '–' : counted(Math.round(medianBits), 'bit') },
    { label: 'Age of the median ID', value: ages.medianDays === null ? 'unknown' : age(ages.medianDays) },
    { label: 'Age of the oldest ID', value: ages.oldestDays === null ? 'unknown' : age(ages.oldestDays) },
    { label: 'IDs that reveal the login name', value: shareOf(loginLeaks.rooms, rooms) },
    { label: 'Rooms whose ID another site also has', value: shareOf(reuse.rooms, rooms) },
  ]
}

/** The audit in one sentence. */
export function verdict({ rooms, found, firstRoom }: Audit): string {
  if (rooms === 0) return 'There is no room to audit.'
  const headline = found.find(point => point.share >= 0.5) ?? found.findLast(point => point.rooms >= 0.5)
  if (headline === undefined) {
    return `The directory gives nothing away: within a million guesses per person no room is found, and the first is expected after ${approximately(firstRoom!)} guesses.`
  }
  const { guesses, share } = headline
  return `Anyone with the staff directory finds ${percent(share)} of the rooms within ${integer(guesses)} guesses per person.`
}

export function title({ siteUrls }: Audit): string {
  return siteUrls.length === 0 ? 'the room IDs' : `the room IDs of ${siteUrls.join(', ')}`
}

/** `none`, or a whole number of rooms. */
export function roomsFound(rooms: number): string {
  return rooms < 0.5 ? 'none' : integer(rooms)
}

export function percentFound({ rooms, share }: { rooms: number; share: number }): string {
  return rooms < 0.5 ? '0%' : percent(share)
}

function shareOf(part: number, whole: number): string {
  return part === 0 ? 'none' : `${integer(part)} (${percent(part / whole)})`
}

export function bandName({ fromBits, toBits }: Audit['strength'][number]): string {
  return toBits === null ? `${fromBits} and more` : `${fromBits} to ${toBits}`
}

export function ageBandName(bands: Audit['ages']['bands'], place: number): string {
  const limit = bands[place]!.underDays
  const from = place === 0 ? null : bands[place - 1]!.underDays
  if (limit === null) return from === null ? 'any age' : `over ${age(from)}`
  return from === null ? `under ${age(limit)}` : `${age(from)} to ${age(limit)}`
}

/** `12 days`, `8 months`, `2.5 years`. */
export function age(days: number): string {
  if (days < 91) return counted(Math.round(days), 'day')
  return days < 365 ? counted(Math.round(days / 30.4), 'month') : counted(Number((days / 365).toFixed(1)), 'year')
}

/** How long this many guesses take at ten a second, which an outsider can make without being noticed. */
export function timeFor(guesses: number): string {
  const seconds = guesses / 10
  const units: [number, string][] = [
    [365.25 * 86_400, 'year'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ]
  const [size, unit] = units.find(([each]) => seconds >= each) ?? [1, 'second']
  const number = seconds / size
  return number < 10 ? counted(Number(number.toPrecision(2)), unit) : `${approximately(Math.round(number))} ${unit}s`
}

export function day(iso: string): string {
  return iso.slice(0, 10)
}

function counted(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}
