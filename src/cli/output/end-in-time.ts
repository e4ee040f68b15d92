import type { ExitCode } from '../../errors.ts'

/** Service managers and containers kill a process that has not ended ten seconds after they asked it to. */
const maxMs = 9_000

/**
 * Ends a process that was asked to end before it is killed, even if a target holds an answer back. What is under way then
 * is in the journal, and is read back when the rotation is resumed.
 */
export function endInTime(exitCode: ExitCode): void {
  const end = () => {
    process.stderr.write('roomkey: Ended with calls under way; what they did is read back on resume.\n')
    process.exit(exitCode)
  }
  setTimeout(end, maxMs).unref()
}
