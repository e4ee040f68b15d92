/** What stands in one row, by meaning. */
import { visibleText } from '../../rooms/email-address.ts'
import type { Meaning } from './column-names.ts'
import type { Columns } from './columns.ts'

export class Cells {
  readonly #places: Columns['places']
  readonly raw: readonly string[]

  constructor({ places }: Columns, raw: readonly string[]) {
    this.#places = places
    this.raw = raw
  }

  /** The text of the best column of this meaning that is not empty, or ''. */
  text(meaning: Meaning): string {
    const places = this.#places.get(meaning)
    if (places === undefined) return ''
    for (const place of places) {
      const cell = asWritten(this.raw[place])
      if (cell !== '') return cell
    }
    return ''
  }

  /** The same without characters that nobody can see: for what is compared and not shown. */
  plain(meaning: Meaning): string {
    const text = this.text(meaning)
    return text === '' ? '' : visibleText(text).trim()
  }
}

/**
 * Takes off what an export puts around a cell so that no spreadsheet runs it or eats its zeros: an apostrophe before a
 * formula, and `="…"` around a text.
 */
export function asWritten(cell: string | undefined): string {
  if (cell === undefined || cell === '') return ''
  const trimmed = cell.trim()
  if (trimmed.startsWith("'")) return /^'[=+\-@\t\r]/.test(trimmed) ? trimmed.slice(1).trim() : trimmed
  if (trimmed.startsWith('="')) return /^="([^"]*)"$/.exec(trimmed)?.[1]?.trim() ?? trimmed
  return trimmed
}

/** Formulas are not computed here: what they come to has to stand in the cell. */
export function formulaFault(cell: string): string | undefined {
  if (!cell.startsWith('=')) return undefined
  return `"${cell.slice(0, 60)}" is a formula; put its value in its place (in Excel: copy, then paste values).`
}
