export const knownExceptions: string[] = [
  'Import each other in a circle: console/src/shell/session.tsx, console/src/shell/sign-in.tsx',
  'Import each other in a circle: console/src/rotations/controls.tsx, console/src/rotations/start-sheet.tsx, console/src/rotations/undo-sheet.tsx',
  'Import each other in a circle: console/src/settings/webhook-sheet.tsx, console/src/settings/webhooks.tsx',
  'Import each other in a circle: src/http/rotations/rehearsal.ts, src/http/rotations/rehearsals.ts, src/http/rotations/rotation-actions.ts, src/http/rotations/rotation-answer.ts, src/http/rotations/rotation-events.ts, src/http/rotations/rotation-files.ts, src/http/rotations/rotation-runs.ts, src/http/rotations/rotations.ts, src/http/server.ts',
]
