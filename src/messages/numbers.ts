/** Formats numbers for people, in English. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `1,234,567` */
export function integer(value: number): string {
  return grouped.format(value)
}

const names: [number, string][] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
]

/** Rounded to two digits, for reading: `950`, `12,000`, `1.2 million`, `3.5 × 10²¹`. */
export function approximately(value: number): string {
  if (!Number.isFinite(value)) return integer(value)
  if (value < 1e6) return integer(value >= 1000 ? Number(value.toPrecision(2)) : Math.ceil(value))
  const [size, name] = names.find(([limit]) => value >= limit)!
  if (value < 1e15) return `${Number((value / size).toPrecision(2))} ${name}`
  const exponent = Math.floor(Math.log10(value))
  return `${(value / 10 ** exponent).toFixed(1)} × 10${superscript(exponent)}`
}

function superscript(number: number): string {
  return [...String(number)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))).join('')
}

/** `12.3%`; never rounds up to all nor down to none. */
export function percent(share: number): string {
  if (share <= 0) return '0%'
  if (share >= 1) return '100%'
  const shown = share * 100
  if (shown < 0.1) return 'under 0.1%'
  return shown > 99.9 ? 'over 99.9%' : `${shown.toFixed(1)}%`
}

/** `1 room`, `2 rooms` */
export function plural(count: number, one: string, several = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : several}`
}
