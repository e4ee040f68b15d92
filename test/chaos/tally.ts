/** Counts the injected faults, what was acknowledged during them, and what of that was lost. */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

export class Tally {
  readonly #scenario: string
  readonly #faults = new Map<string, number>()
  /** Acknowledged batches, and the rooms in them. */
  batches = 0
  acknowledged = 0
  lost = 0

  constructor(scenario: string) {
    this.#scenario = scenario
  }

  count(fault: string, times = 1): void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + times)
  }

  get faults(): number {
    return [...this.#faults.values()].reduce((sum, times) => sum + times, 0)
  }

  /** Prints it, and records it for the end of the run. */
  report(file: string): void {
    const { batches, acknowledged, lost } = this
    const line = { scenario: this.#scenario, faults: Object.fromEntries(this.#faults), batches, acknowledged, lost }
    process.stdout.write(`${inWords([line], this.#scenario)}\n`)
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
}

interface Line {
  scenario: string
  faults: Record<string, number>
  batches: number
  acknowledged: number
  lost: number
}

/** The totals of all scenarios of a run, in one line if there were any; then resets them. */
export function takeTally(): string {
  const file = process.env.ROOMKEY_CHAOS_TALLY
  if (file === undefined || !existsSync(file)) return ''
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  rmSync(dirname(file), { recursive: true })
  return `${inWords(
    lines.map(line => JSON.parse(line) as Line),
    'All chaos',
  )}\n`
}

function inWords(lines: Line[], what: string): string {
  const faults = new Map<string, number>()
  for (const line of lines)
    for (const [fault, times] of Object.entries(line.faults)) faults.set(fault, (faults.get(fault) ?? 0) + times)
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
  const kinds = [...faults].sort().map(([fault, times]) => `${times} × ${fault}`)
  const of = (count: 'batches' | 'acknowledged' | 'lost') => sum(lines.map(line => line[count]))
  const injected =
    kinds.length === 0 ? 'no fault injected' : `${sum(faults.values())} faults injected (${kinds.join(', ')})`
  return `${what}: ${injected}; ${of('batches')} batches acknowledged with ${of('acknowledged')} rooms, lost: ${of('lost')}`
}
