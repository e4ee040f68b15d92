/** Words of the moment before rooms change, and of what happened to a rotation. */
import { counted, type Integer } from '../counted.ts'

const rooms = (count: number, integer: Integer) => counted(count, integer, 'room', 'rooms')
const links = (count: number, integer: Integer) => counted(count, integer, 'link', 'links')

/** The dialog before a rotation starts. */
export const starting = {
  forth: {
    title: (count: number, site: string, integer: Integer) =>
      `Change ${counted(count, integer, 'room link', 'room links')} on ${site}?`,
    action: (count: number, integer: Integer) => `Change ${links(count, integer)}`,
  },
  undo: {
    title: (count: number, site: string, integer: Integer) =>
      `Give ${rooms(count, integer)} on ${site} ${count === 1 ? 'its old ID' : 'their old IDs'} back?`,
    action: (count: number, integer: Integer) => `Restore ${counted(count, integer, 'old ID', 'old IDs')}`,
  },
  where: 'Where',
  who: 'Who',
  leftOut: (count: string) => `${count} left out`,
  whatBreaks: 'What breaks',
  breaks: (count: number, integer: Integer, moved: boolean) =>
    `${links(count, integer)} in mails, calendars and signatures ${count === 1 ? 'stops' : 'stop'} working, each as soon as its room is changed. ${moved ? 'Old links show that the room has moved, but not where.' : 'Nothing leads from the old link to the new one.'}`,
  undoBreaks: (count: number, integer: Integer, _moved: boolean) =>
    `The new ${count === 1 ? 'link stops' : 'links stop'} working. ${rooms(count, integer)} can be guessed again as easily as before the rotation.`,
  wayBack: 'The way back',
  wayBackHere: (days: number, until: string) =>
    `Undo works for each room until its host changes the ID. Old IDs are reserved for ${days} days, until ${until}.`,
  wayBackElsewhere:
    'Undo works for each room until its host changes the ID, or somebody else takes the old one: Webex does not promise to keep it.',
  rehearsal: 'Rehearsal',
  notRehearsed: 'Not rehearsed',
  rehearsedWell: (at: string) => `Rehearsed ${at}, went well`,
  rehearsedBadly: (at: string) => `Rehearsed ${at}, did not go well`,
  howLong: 'How long',
  about: (duration: string) => `About ${duration}, as rehearsed`,
  unknownLength: 'Not known. A rehearsal tells.',
  atMostCalls: (calls: string) => `At most ${calls} calls, as fast as the target allows`,
  typeNumber: (count: string) => `Type ${count} to confirm`,
  whyType: { many: 'Because so many people are affected.', elsewhere: 'Because these rooms are not Roomkey’s own.' },
}

/** What happened to a rotation. */
export const timeline = {
  title: 'What happened',
  kinds: {
    planned: 'Planned',
    rehearsed: 'Rehearsed',
    approved: 'Approved',
    started: 'Started',
    paused: 'Pause requested',
    stopped: 'Stopped',
    resumed: 'Resumed',
    finished: 'Finished',
    verified: 'Verified',
    undone: 'Undone by',
  },
  pilotsSeen: (count: number, integer: Integer) => `First ${rooms(count, integer)} read back`,
  well: 'went well',
  notWell: 'did not go well',
  haveNewId: (count: number, integer: Integer) =>
    count === 1 ? '1 room has its new ID' : `${rooms(count, integer)} have their new ID`,
}

/** What a rotation was good for. */
export const effect = {
  title: 'Before and after',
  judging: 'Judging the old and the new IDs.',
  guessable: (before: number, after: number, count: number, integer: Integer) =>
    `Of ${rooms(count, integer)}, ${integer(before)} could be guessed before the rotation, ${integer(after)} after it.`,
  median: (before: string, after: string) => `The median strength went from ${before} to ${after} bits.`,
  chart: 'How hard the IDs are to guess, before and after',
  legend: 'Outlined: before. Filled: after.',
  beforeAfter: 'Rooms before → after',
}
