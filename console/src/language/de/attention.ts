import type { attention as english } from '../en/attention.ts'

export const attention: typeof english = {
  pausing: 'hält an',
  unknown: 'unbekannt',
  toApprove: count => `${count} freizugeben`,
  stopped: count => `${count} angehalten`,
  tellMe: 'Benachrichtigen, wenn sie endet',
  notification: ({ number, state, approval, plannedByYou }, before) => {
    if (before === 'running' && state === 'finished') return `Rotation ${number} ist fertig.`
    if (before === 'running' && state === 'stopped') return `Rotation ${number} wurde angehalten.`
    const isNew = before === null || before === 'planning'
    if (isNew && state === 'planned' && approval === 'needed' && !plannedByYou)
      return `Rotation ${number} wartet auf Ihre Freigabe.`
    return null
  },
}
