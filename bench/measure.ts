/** The result of a benchmark, and how several runs become one metric. */

export interface Metric {
  name: string
  /** Null where a prerequisite is missing. */
  value: number | null
  unit: string
  /** The minimum or maximum of this ratio, where it has one. */
  target?: { min: number } | { max: number }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export function meets({ value, target }: Metric): boolean {
  if (target === undefined || value === null) return true
  return 'min' in target ? value >= target.min : value <= target.max
}

/** Runs the alternatives in turn, so that a machine that drifts drifts under all of them; returns each one's values. */
export async function alternate<Name extends string>(
  rounds: number,
  alternatives: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(alternatives) as Name[]
  const values = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) values[name].push(await alternatives[name]())
  }
  return values
}
