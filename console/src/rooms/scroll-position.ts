/**
 * Where in a long list the view is. A browser shows nothing taller than some ten million pixels, and a million
 * rows are taller than that: then the scroll bar stands for the list in small. Small movements go row by row; a jump
 * goes to the same share of the list; and when all is quiet, the bar is put where it belongs.
 */

/** All browsers show this much. */
export const tallest = 8_000_000

export interface Place {
  /** Where the view begins in the list, in pixels of the list. */
  top: number
  /** Where the scroll bar is, in pixels of the bar. */
  bar: number
}

export interface Extent {
  /** The height of the whole list, and of the view. */
  list: number
  view: number
}

export function barHeight({ list }: Extent): number {
  return Math.min(list, tallest)
}

/** Where the view is after the bar has moved. */
export function follow(place: Place, bar: number, extent: Extent): Place {
  const span = Math.max(0, extent.list - extent.view)
  if (extent.list <= tallest) return { top: bar, bar }
  const moved = bar - place.bar
  const barSpan = barHeight(extent) - extent.view
  const top = Math.abs(moved) < extent.view && bar > 0 && bar < barSpan ? place.top + moved : (bar / barSpan) * span
  return { top: Math.min(Math.max(top, 0), span), bar }
}

/** Where the bar belongs. */
export function settledBar({ top, bar }: Place, extent: Extent): number {
  if (extent.list <= tallest) return bar
  return Math.round((top / (extent.list - extent.view)) * (barHeight(extent) - extent.view))
}
