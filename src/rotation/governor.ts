/**
 * One budget of calls for all workers: finds the pace that a target allows, and stays just under it.
 *
 * Nobody publishes the pace, so it is learnt from the two things a target says: 429 with Retry-After, and, where it has
 * them, the headers that count what is left of a window.
 *
 *   At first       as fast as the answers come, one call per shortest round trip: so when the target first says 429, at
 *                  most one call was under way that did not know.
 *   At each 429    nobody calls until Retry-After is over, in full. What got through since the last 429, the waiting
 *                  included, is a pace that the target certainly allows (`good`); the pace of that moment is one that
 *                  it does not (`bad`).
 *   Between them   the pace is halved in between (geometrically) until the two are close, and stays at the good one. A
 *                  pace that was kept for a while is good.
 *   Much later     the pace creeps up again, for the target may have become faster. Each try costs one Retry-After, so
 *                  there are few.
 */

export interface CallReport {
  /** When the call began and ended, in milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** What Retry-After asked for, where the target said 429. */
  waitMs: number | null
  /** How many more calls the target's own headers allow, and for how long that holds. */
  left: { calls: number; forMs: number } | null
}

/** A pace is known well enough when what is too fast is only this much faster. */
const closeEnough = 1.02
/** How far under a good pace to stay, because neither clock is perfect. */
const justUnder = 0.998
/** A pace counts as good once it was kept for this many Retry-Afters and calls. */
const goodAfter = { waits: 2, calls: 10 }
/** A pace kept for so many Retry-Afters is the target's own. */
const longKept = 40
const afterQuiet = 8
/** What remains of a pace that was thought good and was refused. */
const afterRefusal = 0.8
const callsPerDoubling = 8
const marksKept = 12
/** A target that says 429 says so at least this quickly, before it has done anything. */
const quickRefusalMs = 40
/** After this many Retry-Afters without one, look whether the target has become faster. */
const lookUpAfterWaits = 150

export class Governor {
  /** Calls per millisecond. */
  #pace = Number.POSITIVE_INFINITY
  #good = 0
  #bad = Number.POSITIVE_INFINITY
  /** By how many per cent the pace goes up next, while nothing is known to be too fast. */
  #creep = 1
  /** The last Retry-After. */
  #wait = 1000

  #nextAt = 0
  #closedUntil = 0
  #shortestTrip = Number.POSITIVE_INFINITY
  #underWay = 0

  /** Since the last 429, and since the last change of pace. */
  #since429 = { at: 0, calls: 0 }
  #sincePace = { at: 0, calls: 0 }
  #total = 0
  /** The last few 429s, each with how many calls had gone well until then. */
  #marks: { at: number; total: number }[] = []
  /** How long it takes to hear a 429. */
  #refusalTrip = 1
  #refusedAt = Number.NEGATIVE_INFINITY

  /** When the next call may begin, as far as is known now. */
  earliest(now: number): number {
    // The first call goes alone: until it is answered nothing is known.
    if (this.#shortestTrip === Number.POSITIVE_INFINITY && this.#underWay > 0) return now + 1
    return Math.max(now, this.#nextAt, this.#closedUntil)
  }

  /** Until when the target asked us to wait, or 0. */
  get closedUntil(): number {
    return this.#closedUntil
  }

  /** Calls a second, or null while no limit was met. */
  get callsPerSecond(): number | null {
    return Number.isFinite(this.#pace) ? this.#pace * 1000 : null
  }

  begin(now: number): void {
    if (this.#since429.at === 0) this.#since429.at = now
    const known = Number.isFinite(this.#pace)
    const gap = 1 / (known ? this.#pace : this.#firstPace())
    // A worker that wakes a little late does not slow a known pace down; before that, no two calls go close together.
    const due = Math.max(this.#nextAt, known ? now - Math.min(gap / 2, 10) : now)
    this.#nextAt = due + gap
    this.#underWay += 1
  }

  end({ startedAt, endedAt, waitMs, left }: CallReport): void {
    this.#underWay -= 1
    this.#shortestTrip = Math.min(this.#shortestTrip, Math.max(0.2, endedAt - startedAt))
    if (waitMs !== null) this.#slowDown(startedAt, endedAt, waitMs)
    else this.#wentWell(endedAt, left)
  }

  #wentWell(endedAt: number, left: CallReport['left']): void {
    this.#since429.calls += 1
    this.#sincePace.calls += 1
    if (left !== null && left.calls <= this.#underWay) this.#close(endedAt, left.forMs)
    if (Number.isFinite(this.#pace)) this.#learn(endedAt)
  }

  /** Calls per millisecond from an earlier 429 until now: what a target allows in the long run. */
  #since({ at, total }: { at: number; total: number }, now: number): number {
    return (this.#total + this.#since429.calls - total) / Math.max(now - at, 1)
  }

  /** Twice as fast after every so many calls that went well. */
  #firstPace(): number {
    const { calls } = this.#since429
    const trip = Math.min(this.#shortestTrip, 1000)
    const shortest = Math.min(trip, quickRefusalMs) / (1 + Math.floor(calls / 100))
    return 1 / Math.max(trip / 2 ** Math.floor(calls / callsPerDoubling), shortest)
  }

  #slowDown(startedAt: number, now: number, waitMs: number): void {
    const known = startedAt < this.#refusedAt
    this.#close(now, waitMs)
    // A call that was already under way when we were told tells nothing new.
    if (known) return
    this.#refusedAt = now
    this.#refusalTrip = Math.max(1, now - startedAt)
    this.#wait = Math.max(waitMs, 1)

    const { at, calls } = this.#since429
    if (Number.isFinite(this.#pace)) {
      this.#learnFromRefusal(now)
    } else {
      // The first burst used up whatever had been saved, so it says little: begin with what a whole cycle would carry.
      this.#good = Math.max(calls, 1) / (now - at + Math.max(waitMs, 1))
      this.#bad = this.#firstPace()
    }
    this.#total += calls
    this.#marks.push({ at: now, total: this.#total })
    if (this.#marks.length > marksKept) this.#marks.shift()
    this.#since429 = { at: now, calls: 0 }
    this.#creep = 1
    this.#choosePace(now + waitMs)
  }

  /** What a 429 says about the pace at which it came. */
  #learnFromRefusal(now: number): void {
    const { at, calls } = this.#since429
    const through = Math.max(calls, 1) / Math.max(now - at, 1000)
    const idle = through < this.#pace / 2 && now - at >= afterQuiet * this.#wait
    // We were slower than the pace, and had no refusal for a while: this one has nothing to do with the pace.
    if (idle) return
    if (now - this.#sincePace.at >= longKept * this.#wait) {
      // This pace was kept for long: the target has a bad moment, and will allow it again.
      this.#good = this.#pace * 0.98
      this.#bad = this.#pace * 1.06
      return
    }
    // Soon after the last one it says little of the target, and only that this pace is too fast; unless this pace was
    // thought good: then it was so only because the target had let us use up what it had saved. We may have had little
    // to send, so what got through is not all that would have.
    const soon = now - at < 2 * this.#wait && this.#pace > this.#good * 1.1
    if (soon) this.#good = Math.min(Math.max(this.#good, through), this.#pace * 0.97)
    else
      this.#good = Math.max(through, this.#since(this.#marks[0]!, now), Math.min(this.#good, this.#pace) * afterRefusal)
    this.#bad = Math.max(this.#pace, this.#good * 1.001)
  }

  /** Raises the pace where it has been good for long enough. */
  #learn(now: number): void {
    const { at, calls } = this.#sincePace
    const kept = now - at
    if (calls < goodAfter.calls || kept < goodAfter.waits * this.#wait) return
    if (this.#near()) {
      if (kept < lookUpAfterWaits * this.#wait) return
      this.#bad = Number.POSITIVE_INFINITY
    }
    this.#good = Math.max(this.#good, calls / kept)
    this.#choosePace(now)
  }

  #near(): boolean {
    return this.#bad <= this.#good * closeEnough
  }

  #choosePace(now: number): void {
    if (this.#near()) this.#pace = this.#good * justUnder
    else if (Number.isFinite(this.#bad)) {
      // No faster than that a second call is refused before the first refusal is heard.
      this.#pace = Math.min(Math.sqrt(this.#good * this.#bad), this.#good + 0.5 / this.#refusalTrip)
    } else {
      this.#pace = this.#good * (1 + this.#creep / 100)
      this.#creep = Math.min(this.#creep * 2, 100)
    }
    this.#sincePace = { at: now, calls: 0 }
    this.#nextAt = Math.max(this.#nextAt, now)
  }

  #close(now: number, forMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, now + forMs)
  }
}
