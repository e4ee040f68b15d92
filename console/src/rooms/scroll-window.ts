/** Which rows of a long list are in view: see scroll-position.ts. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { barHeight, follow, type Place, settledBar } from './scroll-position.ts'

const quietMs = 200
/** Rows drawn beyond both edges, so that the next ones are there already. */
const beyond = 8

export interface Window {
  first: number
  /** The row after the last one to draw. */
  end: number
  /** The height above the first drawn row, and below the last, in pixels of the bar. */
  above: number
  below: number
  onScroll(): void
  /** Goes to the beginning, for another list. */
  reset(): void
}

export function useScrollWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Window {
  const [place, setPlace] = useState<Place>({ top: 0, bar: 0 })
  const [view, setView] = useState(600)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const extent = { list: count * rowHeight, view }
  const now = useRef({ place, extent })
  now.current = { place, extent }

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
    // In the frame of the movement itself: a row that came one frame later would have been blank.
    const show = (next: Place) => {
      now.current.place = next
      flushSync(() => setPlace(next))
    }
    const next = follow(now.current.place, element.scrollTop, now.current.extent)
    show(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const bar = settledBar(now.current.place, now.current.extent)
      if (bar === element.scrollTop) return
      show({ top: now.current.place.top, bar })
      element.scrollTop = bar
    }, quietMs)
  }, [box])

  const reset = useCallback(() => {
    clearTimeout(timer.current)
    setPlace({ top: 0, bar: 0 })
    box.current?.scrollTo(0, 0)
  }, [box])

  const top = Math.min(place.top, Math.max(0, extent.list - view))
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond)
  const end = Math.min(count, Math.ceil((top + view) / rowHeight) + beyond)
  const above = Math.max(0, place.bar + first * rowHeight - top)
  const below = Math.max(0, barHeight(extent) - above - (end - first) * rowHeight)
  return { first, end, above, below, onScroll, reset }
}
