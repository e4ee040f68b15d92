/**
 * Which rows of a long list are in view. A browser shows nothing taller than some ten million pixels, and a million
 * rows are taller than that: then the scroll bar stands for the list in small. Small movements go row by row; a jump
 * goes to the same share of the list; and when all is quiet, the bar is put where it belongs.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** All browsers show this much. */
export const tallest = 8_000_000
const quietMs = 200
/** Rows drawn beyond both edges, so that the next ones are there already. */
const beyond = 8

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

export interface Window {
  first: number
  /** The row after the last one to draw. */
  end: number
  /** The height above the first drawn row, and below the last, in pixels of the bar. */
  above: number
  below: number
  onScroll(): void
}

export function useScrollWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Window {
  const [place, setPlace] = useState<Place>({ top: 0, bar: 0 })
  const [view, setView] = useState(600)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const extent = { list: count * rowHeight, view }
  const now = useRef({ place, extent })
  now.current = { place, extent }

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const watcher = new ResizeObserver(() => setView(element.clientHeight))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [box])

  const onScroll = useCallback(() => {
    const element = box.current
    if (element === null) return
    const next = follow(now.current.place, element.scrollTop, now.current.extent)
    now.current.place = next
    setPlace(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const bar = settledBar(now.current.place, now.current.extent)
      if (bar === element.scrollTop) return
      setPlace({ top: now.current.place.top, bar })
      now.current.place = { top: now.current.place.top, bar }
      element.scrollTop = bar
    }, quietMs)
  }, [box])

  const first = Math.max(0, Math.floor(place.top / rowHeight) - beyond)
  const end = Math.min(count, Math.ceil((place.top + view) / rowHeight) + beyond)
  const above = Math.max(0, place.bar + first * rowHeight - place.top)
  const below = Math.max(0, barHeight(extent) - above - (end - first) * rowHeight)
  return { first, end, above, below, onScroll }
}
