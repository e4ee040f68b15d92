import type { Command } from './command.ts'

/** The commands, in the order of `roomkey --help`. Each is loaded only when it is used. */
export const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./service/serve.ts')).serve,
  refresh: async () => (await import('./refresh.ts')).refresh,
  probe: async () => (await import('./probe.ts')).probe,
  contract: async () => (await import('./contract.ts')).contract,
  audit: async () => (await import('./audit.ts')).audit,
  sync: async () => (await import('./directory/sync.ts')).sync,
  plan: async () => (await import('./rotations/plan.ts')).plan,
  rehearse: async () => (await import('./rotations/rehearse.ts')).rehearse,
  run: async () => (await import('./rotations/run.ts')).run,
  status: async () => (await import('./rotations/status.ts')).status,
  stop: async () => (await import('./rotations/stop.ts')).stop,
  resume: async () => (await import('./rotations/run.ts')).resume,
  verify: async () => (await import('./rotations/verify.ts')).verify,
  report: async () => (await import('./rotations/report.ts')).report,
  meetings: async () => (await import('./rotations/meetings.ts')).meetings,
  calendars: async () => (await import('./calendars.ts')).calendars,
  undo: async () => (await import('./rotations/undo.ts')).undo,
  rotations: async () => (await import('./rotations/list.ts')).rotations,
  login: async () => (await import('./login.ts')).login,
  people: async () => (await import('./directory/people.ts')).people,
  sites: async () => (await import('./directory/sites.ts')).sites,
  token: async () => (await import('./directory/token.ts')).token,
  db: async () => (await import('./db.ts')).db,
}
