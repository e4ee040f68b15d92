import type { Command } from './command.ts'

/** In the order in which `roomkey --help` lists them. Each is loaded when it is needed: most are not, most of the time. */
export const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve.ts')).serve,
  refresh: async () => (await import('./refresh.ts')).refresh,
  contract: async () => (await import('./contract.ts')).contract,
  audit: async () => (await import('./audit.ts')).audit,
  plan: async () => (await import('./plan.ts')).plan,
  rehearse: async () => (await import('./rehearse.ts')).rehearse,
  run: async () => (await import('./run.ts')).run,
  status: async () => (await import('./status.ts')).status,
  resume: async () => (await import('./run.ts')).resume,
  verify: async () => (await import('./verify.ts')).verify,
  report: async () => (await import('./report.ts')).report,
  undo: async () => (await import('./undo.ts')).undo,
  rotations: async () => (await import('./rotations.ts')).rotations,
  login: async () => (await import('./login.ts')).login,
  people: async () => (await import('./people.ts')).people,
  sites: async () => (await import('./sites.ts')).sites,
  token: async () => (await import('./token.ts')).token,
  db: async () => (await import('./db.ts')).db,
}
