/** A CSV file with the people of a rotation, and optionally their new IDs. */
export interface Csv {
  name: string
  text: string
}

/** Whether its first line names a column for new IDs. */
export function hasIds(csv: Csv | null): boolean {
  return csv !== null && /\bpersonalMeetingRoomId\b/.test(csv.text.slice(0, 1000).split('\n')[0] ?? '')
}
