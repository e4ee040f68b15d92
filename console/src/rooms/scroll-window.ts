/** Which rows of a long list are rendered. scroll-position.ts has the arithmetic. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterScroll, barHeight, type Position, settledBar } from './scroll-position.ts'

const quietMs = 200
/** Rows rendered beyond both edges, so that a short scroll finds them there. */
const overscan = 8

export interface ScrollWindow {
  first: number
  /** The row after the last rendered one. */
  end: number
  /** The height above the first rendered row and below the last, in pixels of the scroll bar. */
  above: number
  below: number
  onScroll(): void
  /** Scrolls to the top, for another list. */
  reset(): void
}

export function useScrollWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): ScrollWindow {
  const [position, setPosition] = useState<Position>({ top: 0, bar: 0 })
  const [view, setView] = useState(600)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const extent = { list: count * rowHeight, view }
  const latest = useRef({ position, extent })
  latest.current = { position, extent }

  const isThere = count > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: without a row, the box is not there either.
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const watcher = new ResizeObserver(() => setView(element.clientHeight))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [box, isThere])

  const onScroll = useCallback(() => {
    const element = box.current
    if (element === null) return
    // In the same frame as the scrolling: a row rendered one frame later would be seen blank.
    const show = (next: Position) => {
      latest.current.position = next
      flushSync(() => setPosition(next))
    }
    const next = afterScroll(latest.current.position, element.scrollTop, latest.current.extent)
    show(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const bar = settledBar(latest.current.position, latest.current.extent)
      if (bar === element.scrollTop) return
      show({ top: latest.current.position.top, bar })
      element.scrollTop = bar
    }, quietMs)
  }, [box])

  const reset = useCallback(() => {
    clearTimeout(timer.current)
    setPosition({ top: 0, bar: 0 })
    box.current?.scrollTo(0, 0)
  }, [box])

  const top = Math.min(position.top, Math.max(0, extent.list - view))
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan)
  const end = Math.min(count, Math.ceil((top + view) / rowHeight) + overscan)
  const above = Math.max(0, position.bar + first * rowHeight - top)
  const below = Math.max(0, barHeight(extent) - above - (end - first) * rowHeight)
  return { first, end, above, below, onScroll, reset }
}
