import type { RotationAnswer } from '../../data/rotations.ts'

/** What every dialog about a rotation is given. */
export interface RotationSheetProps {
  rotation: RotationAnswer
  onClose(): void
  /** Closes the dialog by going to another page. */
  onLeave(path: string): void
}
