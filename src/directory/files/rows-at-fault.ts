/** Gathers what is wrong with a table, so that everything is told at once and by its line. */
import { UserError } from '../../errors.ts'

/** More than these nobody reads. */
const maxFaultsShown = 20

export interface RowsAtFault {
  add(fault: { line: number; fault: string }): void
  /** @throws UserError that names them, where there are any. */
  refuse(): void
}

export function rowsAtFault(name: string): RowsAtFault {
  const shown: string[] = []
  let count = 0
  return {
    add({ line, fault }) {
      count += 1
      if (shown.length < maxFaultsShown) shown.push(`line ${line}: ${fault}`)
    },
    refuse() {
      if (count === 0) return
      if (count === 1) throw new UserError(`${name}, ${shown[0]}`)
      const more = count > shown.length ? `\n  … and ${count - shown.length} more` : ''
      throw new UserError(`${name} has ${count} rows at fault:\n  ${shown.join('\n  ')}${more}`)
    },
  }
}
