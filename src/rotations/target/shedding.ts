/**
 * A target that refuses every so-manieth call for a while, however slowly they come: a load balancer that sheds load, or
 * a quota per connection. To go slower is of no use there; only the call that will be refused should go alone.
 *
 * It shows where refusals come at the same distance from each other though the calls went slower, so that fewer got
 * through in the same time. No limiter of pace does that: below its pace it refuses nothing.
 */

/** So many refusals at the same distance show it, where the last of them came of so much less in the same time. */
const enough = 3
const slower = 0.8
/** So many of the last are compared, because what is tried may become slower little by little. */
const remembered = 8
/** So many refusals in a row at another distance end it. */
const strays = 3
/** By how much of the time from refusal to refusal to go slower, so that it tells. */
const telling = 0.35
/** Fewer calls than this between refusals could be any limiter. */
const leastCalls = 4
/** With this many, two are enough where the second came of so much less in the same time. */
const manyCalls = 10
const muchLess = 0.5
/** Three at exactly the same distance are enough where the last took so much longer, and longer than short windows last. */
const later = 1.3
const shortWindowMs = 1_000
/** So many show it in any case: each came of a slower pace than the one before. */
const inAnyCase = 6
/** A pace below such a share of what gets through all the same is worth nothing, be it right or not. */
const poorPace = { sure: 0.5, alike: 0.3 }
/** To go as fast as one can must gain this much, or it is no such target. */
const gain = 1.1

/** Calls that are under way together arrive in another order. */
const alike = (a: number, b: number) => Math.abs(a - b) <= Math.max(1, 0.1 * Math.max(a, b))

interface Refusal {
  /** The first of all may come of what a limiter had saved up. */
  isFirst: boolean
  /** The how-manieth call it was since the target let one through again. */
  distance: number
  /** For how long calls went then, and how long it took until the target opened again, in milliseconds. */
  wentMs: number
  tookMs: number
}

const throughputOf = ({ distance, tookMs }: Refusal) => distance / tookMs

/** Whether calls went so much slower that less got through, and not on account of a longer wait. */
function isSlower(last: Refusal, other: Refusal): boolean {
  const byPace = last.wentMs - other.wentMs >= (1 / slower - 1) * other.tookMs
  return byPace && throughputOf(last) <= slower * throughputOf(other)
}

/** At which distance two refusals came, of which the second came of so much less that two are enough. */
function muchSlower(previous: Refusal, last: Refusal): number | null {
  if (last.distance < manyCalls || !alike(previous.distance, last.distance)) return null
  return throughputOf(last) < muchLess * throughputOf(previous) ? Math.min(previous.distance, last.distance) : null
}

/** Whether three came at exactly the same distance, the last so much later that no short window explains that. */
function isExact(three: Refusal[]): boolean {
  const [last] = three
  if (last === undefined || three.length < enough || last.distance <= leastCalls) return false
  const quickest = Math.min(...three.map(({ wentMs }) => wentMs))
  return (
    three.every(({ distance }) => distance === last.distance) &&
    last.wentMs > shortWindowMs &&
    last.wentMs >= later * quickest
  )
}

export class Shedding {
  #begun = 0
  #beganAt = 0
  /** The latest first. */
  #refusals: Refusal[] = []
  #every: number | null = null
  #strayed = 0
  #isFirst = true
  /** What got through when calls went slower; and since they do not. */
  #slowThroughput = 0
  #faster = { refusals: 0, calls: 0, ms: 0 }
  #isRefuted = false

  /** Whether that is what the target does. */
  get isKnown(): boolean {
    return this.#every !== null
  }

  /** Whether the next call is one that will be refused. */
  get expectsRefusal(): boolean {
    return this.#every !== null && this.#begun + 1 >= this.#every
  }

  /** A call begins. Gives the how-manieth it is since the target let one through again. */
  begin(now: number): number {
    if (this.#begun === 0) this.#beganAt = now
    this.#begun += 1
    return this.#begun
  }

  /** The first of the calls since the last refusal that was refused again. */
  observe(distance: number, now: number, waitMs: number): void {
    const wentMs = now - this.#beganAt
    const tookMs = wentMs + waitMs
    this.#refusals = [{ isFirst: this.#isFirst, distance, wentMs, tookMs }, ...this.#refusals].slice(0, remembered)
    this.#isFirst = false
    const begun = this.#begun
    this.#begun = 0
    if (this.#every === null) return
    // Calls that are under way together arrive in another order.
    const isExpected = alike(distance, this.#every) || (distance < this.#every && this.#every <= begun)
    this.#strayed = isExpected ? 0 : this.#strayed + 1
    if (this.#strayed === strays) {
      this.#every = null
      return
    }
    const { refusals, calls, ms } = this.#faster
    const passed = calls + (isExpected ? this.#every : distance)
    this.#faster = { refusals: refusals + 1, calls: passed, ms: ms + tookMs }
    if (refusals + 1 < enough || passed / (ms + tookMs) >= gain * this.#slowThroughput) return
    this.#every = null
    this.#isRefuted = true
  }

  /** Whether this explains the refusals better than any pace, of which this one is left, in calls per millisecond. */
  explains(pace: number): boolean {
    const found = this.#evidence(pace)
    if (found !== null) {
      this.#every = found.every
      this.#slowThroughput = found.slowThroughput
    }
    this.#strayed = 0
    this.#faster = { refusals: 0, calls: 0, ms: 0 }
    return this.isKnown
  }

  /** At which distance calls are refused, and what got through when they went slower; 0 where that need not be outdone. */
  #evidence(pace: number): { every: number; slowThroughput: number } | null {
    const [last, previous, ...before] = this.#refusals
    if (last === undefined || previous === undefined || last.distance < leastCalls) return null
    const others = [previous, ...before].filter(({ distance }) => alike(distance, last.distance))
    if (!this.#isRefuted && others.some(other => isSlower(last, other))) {
      const every = this.#regularity(enough) ?? muchSlower(previous, last)
      if (every !== null) return { every, slowThroughput: throughputOf(last) }
    }
    const isEver = last.distance >= manyCalls && this.#regularity(inAnyCase) !== null
    if (isEver || (!this.#isRefuted && isExact([last, previous, ...before.slice(0, 1)]))) {
      return { every: last.distance, slowThroughput: 0 }
    }
    if (last.isFirst || !alike(previous.distance, last.distance)) return null
    const best = Math.max(throughputOf(last), previous.isFirst ? 0 : throughputOf(previous))
    const isSure = last.distance >= manyCalls && last.distance === previous.distance
    return pace < (isSure ? poorPace.sure : poorPace.alike) * best
      ? { every: last.distance, slowThroughput: pace }
      : null
  }

  /**
   * The pace, in calls per millisecond, at which the next refusal would tell; null where there is nothing to be told. A
   * limiter of pace that explains the last refusals allows about as many calls.
   */
  get tellingPace(): number | null {
    const distance = this.#isRefuted || this.isKnown ? null : this.#regularity(enough)
    if (distance === null || distance < leastCalls) return null
    const last = this.#refusals.slice(0, enough)
    const best = last.reduce((a, b) => (throughputOf(b) > throughputOf(a) ? b : a))
    return distance / (best.wentMs + telling * best.tookMs)
  }

  /** At which distance the last refusals came; null where they were not as many, or not alike. */
  #regularity(count: number): number | null {
    const [{ distance: last = 0 } = {}] = this.#refusals
    const distances = this.#refusals
      .slice(0, count)
      .filter(({ isFirst, distance }) => !isFirst || distance === last)
      .map(({ distance }) => distance)
    return distances.length === count && distances.every(other => alike(last, other)) ? Math.min(...distances) : null
  }
}
