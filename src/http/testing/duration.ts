import { dayMs } from '../../time.ts'

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: dayMs }

/** `31m` or `1.5h` in milliseconds; a number is milliseconds already. Null for anything else. */
export function parseDuration(duration: number | string): number | null {
  if (typeof duration === 'number') return duration >= 0 ? Math.round(duration) : null
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(duration.trim()) ?? []
  return unit === undefined ? null : Math.round(Number(number) * units[unit]!)
}
