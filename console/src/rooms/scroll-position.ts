/**
 * Where in a long list the view is. Browsers cannot show elements taller than some ten million pixels, and a million rows
 * are taller than that. The scroll bar then represents the list in proportion: small movements scroll row by row, a jump
 * goes to the same share of the list, and once scrolling has stopped the bar is moved to the share that the view is at.
 */

/** In pixels; every browser can show this much. */
export const maxBarHeight = 8_000_000

export interface Position {
  /** Where the view starts, in pixels of the list. */
  top: number
  /** The scroll offset of the bar, in pixels of the bar. */
  bar: number
}

export interface Extent {
  /** The height of the whole list, and of the view. */
  list: number
  view: number
}

export function barHeight({ list }: Extent): number {
  return Math.min(list, maxBarHeight)
}

/** The position after the bar was scrolled to `bar`. */
export function afterScroll(position: Position, bar: number, extent: Extent): Position {
  const span = Math.max(0, extent.list - extent.view)
  if (extent.list <= maxBarHeight) return { top: bar, bar }
  const moved = bar - position.bar
  const barSpan = barHeight(extent) - extent.view
  const top = Math.abs(moved) < extent.view && bar > 0 && bar < barSpan ? position.top + moved : (bar / barSpan) * span
  return { top: Math.min(Math.max(top, 0), span), bar }
}

/** The offset of the bar that matches the view. */
export function settledBar({ top, bar }: Position, extent: Extent): number {
  if (extent.list <= maxBarHeight) return bar
  return Math.round((top / (extent.list - extent.view)) * (barHeight(extent) - extent.view))
}
