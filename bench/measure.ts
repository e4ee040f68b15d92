/** What a benchmark gives back, and how several runs become one figure. */

export interface Figure {
  name: string
  /** Null where what it takes is not there. */
  value: number | null
  unit: string
  /** The ratio that this figure must reach (`least`) or must not pass (`most`), where there is one. */
  target?: { least: number } | { most: number }
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

export function meets({ value, target }: Figure): boolean {
  if (target === undefined || value === null) return true
  return 'least' in target ? value >= target.least : value <= target.most
}

/** Runs the alternatives in turn, so that a machine that drifts drifts under all of them; gives each one's values. */
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
