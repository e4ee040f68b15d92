/** When a stage of a scenario has gone on for too long. From then on, what it does never ends. */
import type { Clock } from '#roomkey/webex/calls/clock.js'

/** No stage has a reason to take longer. */
const maxCalls = 1500
const maxHours = 6

/** What has no end. */
export class Endless extends Error {
  override name = 'Endless'
}

export class Limits {
  /** Rejects with Endless. */
  readonly endless: Promise<never>
  #end: (error: Endless) => void = () => undefined
  #calls = 0
  #since = 0
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
    this.endless = new Promise((_, reject) => {
      this.#end = reject
    })
    this.endless.catch(() => undefined)
    this.beginStage()
  }

  beginStage(): void {
    this.#calls = 0
    this.#since = this.#clock.now()
  }

  /** Before a call or a write. */
  async check(isCall: boolean): Promise<void> {
    this.#calls += isCall ? 1 : 0
    const isLate = this.#clock.now() - this.#since > maxHours * 3_600_000
    if (this.#calls <= maxCalls && !isLate) return
    this.#end(new Endless(isLate ? `it takes more than ${maxHours} hours` : 'it calls the target without end'))
    await new Promise(() => undefined)
  }
}
