import { useEffect, useRef, useState } from 'react'

interface Mark {
  at: number
  settled: number
}

/** The pace is that of the last while: what was before it says little about what comes. */
const whileMs = 30_000
const minMs = 1000

/** Rooms a second over the last while; null before there is anything to say. */
export function usePace(settled: number, running: boolean): number | null {
  const marks = useRef<Mark[]>([])
  const [pace, setPace] = useState<number | null>(null)
  useEffect(() => {
    if (!running) {
      marks.current = []
      setPace(null)
      return
    }
    const now = { at: performance.now(), settled }
    const recent = marks.current.filter(({ at }) => now.at - at < whileMs)
    marks.current = [...recent, now]
    const first = marks.current[0]!
    if (now.at - first.at >= minMs) setPace(((settled - first.settled) / (now.at - first.at)) * 1000)
  }, [settled, running])
  return pace
}

/** The time, again every second while it matters. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
