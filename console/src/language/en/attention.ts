import type { RotationAnswer } from '../../../../src/wire/rotations.ts'

/** What running rotations and wanted approvals are called beside the navigation, in the title and in notifications. */
export const attention = {
  pausing: 'pausing',
  unknown: 'unknown',
  toApprove: (count: number) => `${count} to approve`,
  stopped: (count: number) => `${count} stopped`,
  tellMe: 'Notify me when it ends',
  /** What is worth a notification; null for everything else. */
  notification: (
    { number, state, approval, plannedByYou }: RotationAnswer,
    before: RotationAnswer['state'] | null,
  ): string | null => {
    if (before === 'running' && state === 'finished') return `Rotation ${number} has finished.`
    if (before === 'running' && state === 'stopped') return `Rotation ${number} has stopped.`
    const isNew = before === null || before === 'planning'
    if (isNew && state === 'planned' && approval === 'needed' && !plannedByYou)
      return `Rotation ${number} wants your approval.`
    return null
  },
}
