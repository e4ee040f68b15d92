import { useEffect, useRef, useState } from 'react'

/** Rooms a second over the last while; null before there is anything to say. */
export function usePace(settled: number, running: boolean): number | null {
  const marks = useRef<{ at: number; settled: number }[]>([])
  const [pace, setPace] = useState<number | null>(null)
  useEffect(() => {
    if (!running) {
      marks.current = []
      setPace(null)
      return
    }
    marks.current = [...marks.current.slice(-9), { at: Date.now(), settled }]
    const [first] = marks.current
    const seconds = (Date.now() - first!.at) / 1000
    if (seconds > 1) setPace((settled - first!.settled) / seconds)
  }, [settled, running])
  return pace
}
