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
  },
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
  startTitle: (count: number, integer: Integer) =>
    count === 1 ? 'Give 1 room a new ID?' : `Give ${integer(count)} rooms new IDs?`,
  startAbout:
    'Each old link stops working as soon as its room is changed. You can pause at any time, and undo the rotation later.',
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
  pause: 'Pause',
  resume: 'Resume',
  undo: 'Undo rotation',
  progressTitle: 'Progress',
  done: 'Changed',
  refused: 'Refused',
  unsure: 'In flight',
  open: 'Remaining',
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
  verifying: 'Reading back…',
  verifiedAll: (changed: number, integer: Integer) =>
    changed === 1 ? 'The room has its new ID.' : `All ${integer(changed)} rooms have their new ID.`,
  verified: (changed: string, notYet: string, wrong: string) =>
    `${changed} have their new ID, ${notYet} do not show it yet, ${wrong} have another ID.`,
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
