import type { RotationAnswer } from '../../data/rotations.ts'

/** What every question about a rotation is given. */
export interface RotationSheetProps {
  rotation: RotationAnswer
  onClose(): void
  /** Goes to another page instead of closing. */
  onLeave(path: string): void
}
