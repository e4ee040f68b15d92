/**
 * Whether the service answers. Pages go on showing what they read last, so when nothing answers that must be said, and
 * nothing may look as if it could be changed.
 */
import { useEffect, useSyncExternalStore } from 'react'
import { client } from './client.ts'

/** Together less than five seconds: so long may a dead service look alive. */
const probeMs = 2000
const patienceMs = 2500

let answeredAt = Date.now()
let lostAt: number | null = null
const listeners = new Set<() => void>()

function noteAnswer(): void {
  answeredAt = Date.now()
  if (lostAt === null) return
  lostAt = null
  tell()
  void client.invalidateQueries()
}

function noteSilence(): void {
  if (lostAt !== null) return
  lostAt = answeredAt
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** When the service was last heard, in milliseconds since 1970, if it does not answer any more; null while it does. */
export function useLostAt(): number | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => lostAt,
  )
}

/** Asks the service every two seconds whether it is there, for as long as the page is in view. */
export function useProbing(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && navigator.onLine) void probe()
    }, probeMs)
    return () => clearInterval(timer)
  }, [])
}

async function probe(): Promise<void> {
  try {
    const { ok } = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (ok) noteAnswer()
    else noteSilence()
  } catch {
    if (navigator.onLine) noteSilence()
  }
}
