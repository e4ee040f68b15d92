/** The form for a new plan. */
export const planForm = {
  whoTitle: 'Who gets a new ID',
  whos: {
    guessable: 'Everybody with a guessable ID',
    everyone: 'Everybody with a room',
    olderThan: 'Everybody whose ID is older than … days',
    department: 'One department',
    selected: 'People selected under Rooms',
    csv: 'People in a CSV file',
  },
  days: 'Days',
  csvAbout:
    'An export of a directory, or columns of your own: email or personId, and personalMeetingRoomId if the file gives the new IDs.',
  chooseFile: 'Choose a CSV file',
  nobodySelected: 'Nobody is selected.',
  selection: 'selection.csv',
  howTitle: 'How the new IDs are made',
  kindsAbout: {
    random: 'Short, and impossible to guess. No characters that look alike.',
    words: 'Longer, but easy to say on the phone.',
    system: 'What a new host would get.',
    template: 'From names and random characters, for example {last}-{random:13}.',
    csv: 'From the column personalMeetingRoomId.',
  },
  bits: 'Strength in bits',
  template: 'Template',
  careTitle: 'Safety',
  canary: 'Pilot rooms',
  canaryAbout: 'They are changed first and read back before any other room is changed.',
  freeze: 'Lock self-service during the run',
  overwriteChanged: 'Also change rooms whose hosts choose another ID before their turn',
  action: 'Create plan',
  reading: 'Reading the rooms…',
  unmatched: (count: number, integer: (value: number) => string) =>
    count === 1
      ? '1 person of the list is not on this site. Correct the list, or leave them out:'
      : `${integer(count)} people of the list are not on this site. Correct the list, or leave them out:`,
  unmatchedMore: (count: number, integer: (value: number) => string) => `… and ${integer(count)} more`,
  allowUnmatched: 'Leave out people who are not on this site',
  quoted: (name: string) => `“${name}”`,
  readAs: (field: string, columns: string) => `${field} from ${columns}`,
  notUsed: (columns: string) => `Not used: ${columns}.`,
  planWithout: 'Plan again without them',
  nothingYet: 'Nothing changes yet.',
}
