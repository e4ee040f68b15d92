/** Finds the rows of a rotation that are about a person. */
import type { RotationItem } from '#roomkey/store/rotations/rotations.js'
import type { TargetPerson } from '../../../../devtools/target-double/people.ts'

/** By person ID, or by the e-mail that the person had when it was planned. */
export function rowsOf(items: RotationItem[], { personId }: TargetPerson, email: string): RotationItem[] {
  return items.filter(item =>
    item.person_id === '' ? item.email.toLowerCase() === email.toLowerCase() : item.person_id === personId,
  )
}

/** A row that tells somebody why the room is not as planned. */
export function saysWhy({ state, reason }: RotationItem): boolean {
  return state !== 'done' && reason !== null
}

export function sameId(one: string | null | undefined, other: string | null | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase()
}

/** The e-mails that people had in the beginning: faults change them. */
export function firstEmail({ personId }: TargetPerson, index: number): string {
  return personId === '' ? '' : `person${index}@example.com`
}
