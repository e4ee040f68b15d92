export const knownExceptions: string[] = [
  'Import each other in a circle: console/src/shell/session.tsx, console/src/shell/sign-in.tsx',
  'Import each other in a circle: console/src/rotations/controls.tsx, console/src/rotations/start-sheet.tsx, console/src/rotations/undo-sheet.tsx',
  'Import each other in a circle: console/src/settings/webhook-sheet.tsx, console/src/settings/webhooks.tsx',
]
