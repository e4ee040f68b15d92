import { counted, type Integer } from '../counted.ts'

/** The list of rotations, and the page of one. */
export const rotations = {
  plan: 'Plan a rotation',
  rotation: 'Rotation',
  named: (number: number) => `Rotation ${number}`,
  state: 'State',
  states: {
    planning: 'Being planned',
    failed: 'Planning failed',
    planned: 'Planned',
    running: 'Running',
    stopped: 'Stopped',
    finished: 'Finished',
    needsApproval: 'Needs approval',
    pausing: 'Pausing',
    unknown: 'Unknown',
    undone: 'Undone',
    partlyUndone: 'Partly undone',
  },
  finishedWithout: (count: string) => `Finished, ${count} not changed`,
  who: 'Who',
  changed: 'Changed',
  created: 'Created',
  doneOf: (done: string, total: string) => `${done} of ${total}`,
  undoOf: (number: number) => `Undo of rotation ${number}`,
  emptyTitle: 'No rotations yet',
  empty: 'A rotation gives many rooms new IDs. You plan it first, verify it afterwards, and can undo it.',
  dropHint: 'To plan a rotation from a CSV file with a column “email”, drop the file on this page.',
  dropHere: 'Drop the CSV to plan a rotation for the people in it',
  planTitle: 'Plan',
  newIds: 'New IDs',
  kinds: {
    random: 'Random letters and digits',
    words: 'Random syllables',
    system: 'By the site’s generation method',
    template: 'From a template',
    csv: 'As given in the CSV',
    snapshot: 'The previous IDs',
  },
  canary: 'Pilot',
  firstRooms: (count: number, integer: Integer) => counted(count, integer, 'room', 'rooms'),
  freeze: 'Self-service locked',
  changedMeanwhile: 'Rooms changed meanwhile',
  overwritten: 'Overwritten',
  heldBack: 'Held',
  none: 'None',
  fingerprint: 'Fingerprint',
  leftTitle: 'Left out',
  refusedTitle: 'Refused',
  nobodyLeft: 'Nobody is left out.',
  planAbout: (moves: number, left: number, integer: Integer) =>
    `${moves === 1 ? '1 room gets a new ID' : `${integer(moves)} rooms get a new ID`}, ${left === 1 ? '1 is' : `${integer(left)} are`} left out. Nothing has changed yet.`,
  planningSoFar: (count: string) =>
    `Reading the rooms: ${count} so far. You can leave this page; planning continues without it.`,
  start: 'Start',
  startAnyway: 'Start anyway',
  rehearse: 'Rehearse',
  discard: 'Discard',
  discardTitle: 'Discard this plan?',
  discardAbout: 'It was never started, so no room has changed. You can plan again at any time.',
  approve: 'Approve',
  approvalNeeded: 'A second administrator must approve this plan before it can start.',
  plannedBy: (name: string) => `Planned by ${name}. Check who gets which ID, then approve it.`,
  plannedByYou:
    'You planned it, so you cannot approve it yourself. Send the link of this page to another administrator.',
  copyPageLink: 'Copy link',
  approved: (name: string, at: string) => `Approved by ${name}, ${at}. It can be started.`,
  tokensMadeWith: (name: string) =>
    `The planner’s token and the approver’s come from ${name}, whose holder could have been both.`,
  approvedShort: 'Approved by',
  somebody: 'another administrator',
  commandLine: 'the command line',
  commandLineName: 'command line',
  pause: 'Pause',
  pausingNow: 'Pausing…',
  resume: 'Resume',
  undo: 'Undo rotation',
  progressTitle: 'Progress',
  done: 'Changed',
  refused: 'Refused',
  held: 'Held',
  heldTitle: 'Held: left as they are',
  unsure: 'In flight',
  unknown: 'Unknown',
  open: 'Remaining',
  phases: {
    pausing: 'Pausing:',
    stopping: 'the run stops after what it is doing.',
    batches: (count: number, integer: Integer) =>
      `waiting for ${counted(count, integer, 'batch', 'batches')} in flight.`,
    readingBack: (count: number, integer: Integer) =>
      `Reading ${counted(count, integer, 'room', 'rooms')} back whose answer was lost.`,
    pilots: (count: number, integer: Integer) =>
      `Reading the first ${counted(count, integer, 'room', 'rooms')} back before the others.`,
  },
  resumeReads: (count: number, integer: Integer) =>
    `${counted(count, integer, 'room was', 'rooms were')} on the way then. Resume reads ${count === 1 ? 'it' : 'them'} back first; no room is changed twice.`,
  undoneBy: (count: number, integer: Integer) =>
    `${count === 1 ? '1 room has its old ID' : `All ${integer(count)} rooms have their old ID`} back, by`,
  partlyUndoneBy: (count: string, total: string) => `${count} of ${total} rooms have their old ID back, by`,
  toUndone: (number: number) => `Undoes rotation ${number}`,
  now: 'now',
  pace: 'Rooms per minute',
  batches: 'Batches sent',
  aboutOf: (count: string, total: string) => `${count} of about ${total}`,
  timeLeft: 'Time left',
  /** Why a run waits, by its target. */
  waiting: {
    self: 'The rate limit was reached.',
    webex: 'Webex asked us to slow down.',
    other: 'The target asked us to slow down.',
  },
  continuingIn: (seconds: number) => `Continuing in ${seconds} s.`,
  verifyTitle: 'Verify',
  verifyAbout: 'Reads every changed room back and compares it with the plan.',
  verify: 'Verify now',
  verifyAgain: 'Verify again',
  verifyHow: 'Which rooms',
  verifyWays: (rooms: string) => ({
    each: 'Every room, one by one',
    list: 'What the list of people does not show',
    sample: `A sample of ${rooms}`,
  }),
  listedOnly: (count: number, integer: Integer) =>
    `${counted(count, integer, 'room was', 'rooms were')} not read: the list of people shows the new ID, and a sample agreed with it.`,
  notRead: (count: number, mayBeWrong: number, integer: Integer) =>
    `${counted(count, integer, 'room was', 'rooms were')} not read; at most ${integer(mayBeWrong)} may be wrong, at 95% certainty.`,
  verifiedAt: (at: string) => `Verified ${at}.`,
  verifiedOf: (changed: string, total: string) => `${changed} of ${total} rooms have their new ID.`,
  sinceBy: (count: number, rotation: number, integer: Integer) =>
    `${counted(count, integer, 'room has', 'rooms have')} been changed since by rotation ${rotation}.`,
  sinceByOthers: (count: number, integer: Integer) =>
    `${counted(count, integer, 'room has', 'rooms have')} been changed since by the host or an administrator.`,
  notYet: (count: number, integer: Integer) =>
    `${counted(count, integer, 'room does', 'rooms do')} not show it yet, which may take 30 minutes.`,
  unread: (count: number, integer: Integer) => `${counted(count, integer, 'room', 'rooms')} could not be read.`,
  wrong: (count: number, integer: Integer) =>
    `${counted(count, integer, 'room has', 'rooms have')} another ID, and Roomkey does not know why.`,
  verifyAgainAt: (at: string) => `Verify again from ${at} on.`,
  verifying: 'Reading back…',
  verifiedAll: (changed: number, integer: Integer) =>
    changed === 1 ? 'The room has its new ID.' : `All ${integer(changed)} rooms have their new ID.`,
  verifiedOpen: (open: string) => `The rotation has not ended: ${open} still to be changed, or not known.`,
  downloadsTitle: 'Report and host e-mails',
  downloads: {
    'report.html': 'Report to read and print',
    'report.csv': 'Report as CSV',
    'report.jsonl': 'Report for programs (JSON lines)',
    'letters.csv': 'E-mails to the hosts, as a CSV for mail merge',
  },
  itemsTitle: 'Old and new IDs',
  allItems: 'All',
  noItems: 'Nobody.',
  oldId: 'Old ID',
  newId: 'New ID',
  stays: 'unchanged',
  byTheSite: 'by the site',
  itemStates: {
    pending: 'Pending',
    sent: 'In flight',
    unsure: 'Unknown, checking',
    done: 'Changed',
    refused: 'Refused',
    held: 'Held',
    left: 'Left out',
  },
}

/** The dialog before an undo. */
export const undo = {
  title: 'Restore the old IDs?',
  reading: 'Reading the current ID of each room.',
  back: (count: number, integer: Integer) => {
    if (count === 0) return 'No room would get its old ID back.'
    return count === 1 ? '1 room gets its old ID back.' : `${integer(count)} rooms get their old ID back.`
  },
  stay: (count: number, integer: Integer) =>
    count === 1 ? '1 keeps its current ID:' : `${integer(count)} keep their current ID:`,
  about: 'This creates a plan like any other: nothing changes until you start it.',
  rooms: 'Rooms that get their old ID back, and rooms that do not',
  firstOnly: (count: string) => `These are the first ${count} rooms; the plan shows all of them.`,
  action: 'Create plan',
  currentId: 'Current ID',
  nextId: 'ID after the undo',
  goesBack: 'Will be restored',
  stays: 'Stays unchanged',
}
