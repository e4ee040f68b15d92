/**
 * Rate limiters like those of targets, for simulating the governor: each lets calls through by its own rule, and
 * otherwise says how long to wait. Times are milliseconds.
 */
export interface Limiter {
  /** Lets a call through and returns 0, or returns how long to wait. Called in chronological order. */
  admit(now: number): number
  /** The earliest time from `now` on at which a call would be let through. */
  opens(now: number): number
  /** How long a call that was just let through is queued. */
  held?(now: number): number
}

export type MakeLimiter = () => Limiter

/** A token bucket: `perSecond` calls a second, of which `saved` may be saved up; full at the beginning. */
export function tokenBucket(perSecond: number, saved: number): Limiter {
  let tokens = saved
  let at = Number.NEGATIVE_INFINITY
  const fill = (now: number) => {
    if (now <= at) return
    tokens = Math.min(saved, tokens + ((now - at) * perSecond) / 1000)
    at = now
  }
  const missing = () => ((1 - tokens) * 1000) / perSecond
  return {
    admit(now) {
      fill(now)
      if (tokens < 1 - 1e-9) return missing()
      tokens -= 1
      return 0
    },
    opens(now) {
      fill(now)
      return tokens < 1 - 1e-9 ? now + missing() : now
    },
  }
}

/** A queue that is served `perSecond` times a second and holds `size` calls; when full, it refuses. */
export function leakyBucket(perSecond: number, size: number): Limiter {
  const each = 1000 / perSecond
  let servedUntil = Number.NEGATIVE_INFINITY
  const opens = (now: number) => Math.max(now, servedUntil - (size - 1) * each - 1e-6)
  return {
    opens,
    admit(now) {
      if (opens(now) > now) return opens(now) - now
      servedUntil = Math.max(now, servedUntil) + each
      return 0
    },
    held: now => servedUntil - now,
  }
}

/** `calls` in each window of `ms`, counted from the clock's own seconds or minutes, or from the first call on. */
export function fixedWindow(calls: number, ms: number, from: 'the clock' | 'the first call'): Limiter {
  let begins = Number.NEGATIVE_INFINITY
  let used = 0
  const startWindow = (now: number) => {
    if (now < begins + ms) return
    begins = from === 'the clock' ? Math.floor(now / ms) * ms : now
    used = 0
  }
  return {
    admit(now) {
      startWindow(now)
      if (used >= calls) return begins + ms - now
      used += 1
      return 0
    },
    opens(now) {
      return now < begins + ms && used >= calls ? begins + ms : now
    },
  }
}

/** `calls` in any period of `ms`, from a log of the last calls. */
export function slidingWindow(calls: number, ms: number): Limiter {
  const log = new Float64Array(calls).fill(Number.NEGATIVE_INFINITY)
  let next = 0
  const opens = (now: number) => Math.max(now, log[next]! + ms)
  return {
    opens,
    admit(now) {
      if (opens(now) > now) return opens(now) - now
      log[next] = now
      next = (next + 1) % calls
      return 0
    },
  }
}

/** Switches to another limiter at some moment: the target became slower or faster. */
export function changing(before: Limiter, after: Limiter, afterMs: number): Limiter {
  let began: number | undefined
  const which = (now: number) => {
    began ??= now
    return now - began < afterMs ? before : after
  }
  return {
    admit: now => which(now).admit(now),
    held: now => which(now).held?.(now) ?? 0,
    opens(now) {
      const at = which(now).opens(now)
      const change = (began ?? now) + afterMs
      return which(now) === before && at >= change ? after.opens(change) : at
    },
  }
}

/** Refuses everything for a while at regular intervals, whatever the pace. */
export function stormy(limiter: Limiter, everyMs: number, forMs: number): Limiter {
  let began: number | undefined
  /** How much longer it lasts. */
  const storm = (now: number) => {
    began ??= now
    const into = (now - began) % everyMs
    return now - began >= everyMs && into < forMs ? forMs - into : 0
  }
  return {
    ...limiter,
    admit: now => storm(now) || limiter.admit(now),
    opens(now) {
      const at = limiter.opens(now + storm(now))
      return storm(at) > 0 ? limiter.opens(at + storm(at)) : at
    },
  }
}

/**
 * Refuses every so-manieth call, whatever the pace, and then everything for a while: as a load balancer does that sheds
 * load. `until` says when it opens again.
 */
export function shedding(every: number, until: (now: number) => number): Limiter {
  let counted = 0
  let closedUntil = Number.NEGATIVE_INFINITY
  return {
    admit(now) {
      if (now < closedUntil) return closedUntil - now
      counted += 1
      if (counted % every !== 0) return 0
      closedUntil = until(now)
      return closedUntil - now
    },
    opens: now => Math.max(now, closedUntil),
  }
}

/** Opens after a time, or with the first whole second after it, as a date says it. */
export const opensIn = (ms: number) => (now: number) => now + ms
export const opensByDate = (ms: number) => (now: number) => Math.ceil((now + ms) / 1000) * 1000
