import { useEffect, useRef, useState } from 'react'

interface Sample {
  at: number
  settled: number
}

/** Older samples say little about the time that is left. */
const windowMs = 30_000
const minMs = 1000

/** Rooms per second over the last 30 seconds; null until there are two samples a second apart. */
export function usePace(settled: number, running: boolean): number | null {
  const samples = useRef<Sample[]>([])
  const [pace, setPace] = useState<number | null>(null)
  useEffect(() => {
    if (!running) {
      samples.current = []
      setPace(null)
      return
    }
    const now = { at: performance.now(), settled }
    const recent = samples.current.filter(({ at }) => now.at - at < windowMs)
    samples.current = [...recent, now]
    const first = samples.current[0]!
    if (now.at - first.at >= minMs) setPace(((settled - first.settled) / (now.at - first.at)) * 1000)
  }, [settled, running])
  return pace
}

/** The current time, updated every second while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!ticking) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}
