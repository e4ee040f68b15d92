/** The stable exit codes of all commands, by cause (docs/reference.md). */
export const exitCodes = {
  /** All of it is done, and was checked where it says so. */
  done: 0,
  bug: 1,
  /** Wrong usage, or nothing could be started. */
  usage: 2,
  /** Done, but something is refused, held, wrong or broken. */
  refusedItems: 3,
  /** Stopped before the end, not known yet, or another process is at work on it: try again later. */
  stopped: 4,
  /** The target refuses us or does not answer. */
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
