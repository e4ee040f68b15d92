import type { Reporter, TestModule } from 'vitest/node'
import { takeTally } from '../chaos/tally.ts'

const engines = ['sqlite', 'postgres']

/**
 * Prints the totals of chaos and how much was tested on which engine, and the one line that continuous integration
 * reads: `N passed, N failed, N skipped`.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const shown = new Map(engines.map(engine => [engine, 0]))
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        const engine = engines.find(name => test.fullName.startsWith(`${name}: `))
        if (engine !== undefined && state === 'passed') shown.set(engine, shown.get(engine)! + 1)
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state] += 1
      }
    }
    const byEngine = [...shown].map(([engine, count]) => `${count} on ${engine}`).join(', ')
    process.stdout.write(
      `\n${takeTally()}Behaviour shown: ${byEngine}\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`,
    )
  }
}
