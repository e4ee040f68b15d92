import { counted, type Integer } from '../counted.ts'

/** A number of days as an age: `90 days`, `1 year`, `3 years`. */
export function ageOf(days: number): string {
  if (days < 365) return `${days} days`
  return days === 365 ? '1 year' : `${days / 365} years`
}

export const overview = {
  /** @param found rooms that a million guesses per person reach. */
  headline: (found: number, rooms: number, integer: Integer) =>
    `${found === 0 ? 'None' : integer(found)} of ${counted(rooms, integer, 'room', 'rooms')} can be guessed from a staff list.`,
  auditing: 'Checking every room. On a large site this takes a moment.',
  emptyTitle: 'No rooms yet',
  rooms: 'Rooms',
  within: (guesses: string) => `Found within ${guesses} guesses`,
  median: 'Median strength',
  medianAge: 'Median age of an ID',
  unknown: 'Unknown',
  unknownAge: 'Unknown: in use when first read',
  bits: (count: string) => `${count} bits`,
  days: (count: number, integer: Integer) => (count === 0 ? '< 1 day' : counted(count, integer, 'day', 'days')),
  bitsFrom: (from: number) => `${from} bits or more`,
  bitsRange: (from: number, to: number) => `${from} to ${to} bits`,
  histogram: 'How hard the IDs are to guess',
  histogramAbout:
    'Share of rooms by strength. Below 20 bits, a million guesses are enough; from 60 bits on, guessing is hopeless.',
  bitsAxis: 'Bits',
  curve: 'What a patient attacker finds',
  curveAbout: 'Share of rooms found, by the number of IDs tried per person.',
  guessesAxis: 'Guesses per person',
  share: 'Share found',
  asTable: 'Show as a table',
  classes: 'What the IDs are made from',
  classesAbout: 'Select a pattern to see its rooms.',
  ages: 'How old the IDs are',
  agesAbout: 'The longer an ID has been in use, the more often it has been forwarded, written down and published.',
  ageBand: (from: number, under: number | null) => {
    if (under === null) return `${ageOf(from)} or more`
    return from === 0 ? `Under ${ageOf(under)}` : `${ageOf(from)} to ${ageOf(under)}`
  },
  worst: 'Most guessable rooms',
  allWeak: 'All guessable rooms',
  auditedAt: (time: string) => `As of ${time}.`,
  rotations: 'Recent rotations',
  noRotations: 'None yet.',
}

export const nextSteps = {
  title: 'What to do next',
  nothing: 'Nothing: every ID that a rotation may change is hard to guess, and new ones will be, too.',
  pinned: (count: number, integer: Integer) =>
    count === 1
      ? '1 guessable room is pinned: rotations skip it.'
      : `${integer(count)} guessable rooms are pinned: rotations skip them.`,
  pinnedAction: 'Review pinned rooms',
  approve: (number: number, by: string | null) =>
    `Rotation ${number}${by === null ? '' : `, planned by ${by},`} needs your approval.`,
  approveAction: 'Review and approve',
  waitsForApproval: (number: number) => `Rotation ${number} is planned and waits for a second administrator.`,
  weak: (count: number, integer: Integer) =>
    count === 1 ? '1 room has a guessable ID.' : `${integer(count)} rooms have a guessable ID.`,
  weakAction: 'Plan a rotation',
  method: (method: string) => `New hosts get a guessable ID, made by the method “${method}”.`,
  methodAction: 'Change the generation method',
  selfService: 'Hosts may choose any ID for their room, even their own name.',
  selfServiceAction: 'Require a minimum strength',
  running: (number: number) => `Rotation ${number} is running.`,
  stopped: (number: number) => `Rotation ${number} stopped before it was finished.`,
  planned: (number: number) => `Rotation ${number} is planned and has not been started.`,
  openRotation: 'Open the rotation',
}
