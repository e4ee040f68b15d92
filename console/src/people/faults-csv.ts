import type { ImportAnswer } from '../data/import-people.ts'

/** The rows that cannot be added, as the address of a CSV to download. A cell never starts a formula. */
export function faultsCsv(faults: ImportAnswer['faults']): string {
  const rows = faults.map(({ line, fault }) => `${line},${cell(fault)}`)
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${['line,fault', ...rows, ''].join('\r\n')}`)}`
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
