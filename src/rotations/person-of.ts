import type { RotationItem } from '../store/rotations/rotations.ts'

/** Whose step an item is: steps of one person give the same text. */
export function personOf({ person_id, email }: Pick<RotationItem, 'person_id' | 'email'>): string {
  return person_id === '' ? email.toLowerCase() : person_id
}
