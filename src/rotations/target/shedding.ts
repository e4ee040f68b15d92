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
/** With this many, and at exactly the same distance, two are enough where the pace that is left would be so much slower. */
const manyCalls = 10
const muchSlower = 0.4
/** To go as fast as one can must gain this much, or it is no such target. */
const gain = 1.1

/** Calls that are under way together arrive in another order. */
const alike = (a: number, b: number) => Math.abs(a - b) <= Math.max(1, 0.1 * Math.max(a, b))

interface Refusal {
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

export class Shedding {
  #begun = 0
  #beganAt = 0
  /** The latest first. */
  #refusals: Refusal[] = []
  #every: number | null = null
  #strayed = 0
  /** The first refusal of all comes of what a limiter had saved up, so it is compared with none. */
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
    if (!this.#isFirst) this.#refusals = [{ distance, wentMs, tookMs }, ...this.#refusals].slice(0, remembered)
    this.#isFirst = false
    this.#begun = 0
    if (this.#every === null) return
    this.#strayed = alike(distance, this.#every) ? 0 : this.#strayed + 1
    if (this.#strayed === strays) {
      this.#every = null
      return
    }
    const { refusals, calls, ms } = this.#faster
    this.#faster = { refusals: refusals + 1, calls: calls + distance, ms: ms + tookMs }
    if (refusals + 1 < enough || (calls + distance) / (ms + tookMs) >= gain * this.#slowThroughput) return
    this.#every = null
    this.#isRefuted = true
  }

  /** Whether this explains the refusals better than any pace, of which this one is left, in calls per millisecond. */
  explains(pace: number): boolean {
    const [last, ...before] = this.#refusals
    if (this.#isRefuted || last === undefined || last.distance < leastCalls) return false
    const [previous] = before
    const others = before.filter(({ distance }) => alike(distance, last.distance))
    const isMuchSlower = last.distance >= manyCalls && last.distance === previous?.distance
    if (others.some(other => isSlower(last, other))) this.#every = this.#regularity(enough)
    if (isMuchSlower && pace < muchSlower * throughputOf(last)) this.#every = last.distance
    this.#strayed = 0
    this.#slowThroughput = throughputOf(last)
    this.#faster = { refusals: 0, calls: 0, ms: 0 }
    return this.isKnown
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
    const distances = this.#refusals.slice(0, count).map(({ distance }) => distance)
    const [last = 0] = distances
    return distances.length === count && distances.every(other => alike(last, other)) ? Math.min(...distances) : null
  }
}
