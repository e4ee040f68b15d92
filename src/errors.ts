/** The stable exit codes of the command line. */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  refusedItems: 3,
  stopped: 4,
  targetRefused: 5,
  damaged: 6,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A mistake or circumstance that the user can fix: the message is one sentence that says how. */
export class UserError extends Error {
  override name = 'UserError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = exitCodes.usage) {
    super(message)
    this.exitCode = exitCode
  }
}
