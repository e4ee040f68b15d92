/** Which faults broke which promise how often, for the end of a run. */
import type { Breach } from './promises.ts'
import type { Scenario } from './scenario.ts'

export class BreachTable {
  readonly #rows = new Map<string, number>()

  add({ faults, ids, profile }: Scenario, { promise }: Breach): void {
    const row = `${promise.padEnd(10)}  ${faults.join('+') || 'none'} (${ids}, ${profile})`
    this.#rows.set(row, (this.#rows.get(row) ?? 0) + 1)
  }

  toString(): string {
    return [...this.#rows]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([row, times]) => `${row}  ${times}\n`)
      .join('')
  }
}
