import type { ServiceClock } from '../service-clock.ts'

/** Something besides `sleep` that falls due, such as the next attempt of a webhook. */
export interface DueWork {
  /** When it is next due, by this clock; null for nothing. */
  nextDueAt(): Promise<number | null>
  /** Does what is due now, and resolves when it is done. */
  runDue(): Promise<void>
}

interface Sleeper {
  dueAt: number
  wake(): void
  timer: NodeJS.Timeout | undefined
}

/** Longer timers would end at once; a sleeper that wakes too early sleeps on. */
const maxTimerMs = 2 ** 31 - 1

/** A clock that a test can stop, set, move and scale. */
export class TestClock implements ServiceClock {
  /** What it showed at the moment `#since` of the process. */
  #at: number
  #since = performance.now()
  #frozen = false
  #scale = 1
  /** What it was set forward in all, for `elapsed`. */
  #elapsedBefore = 0
  readonly #sleepers = new Set<Sleeper>()
  readonly #work: DueWork[] = []

  constructor(at: number) {
    this.#at = at
  }

  now(): number {
    return Math.floor(this.#at + this.#passed())
  }

  elapsed(): number {
    return this.#elapsedBefore + this.#passed()
  }

  get frozen(): boolean {
    return this.#frozen
  }

  get scale(): number {
    return this.#scale
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (ms <= 0 || signal?.aborted) return resolve()
      const sleeper: Sleeper = { dueAt: this.now() + ms, wake, timer: undefined }
      const sleepers = this.#sleepers
      sleepers.add(sleeper)
      this.#wind(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
      function wake() {
        clearTimeout(sleeper.timer)
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
    })
  }

  freeze(frozen: boolean): void {
    this.#change(() => {
      this.#frozen = frozen
    })
  }

  setScale(scale: number): void {
    this.#change(() => {
      this.#scale = scale
    })
  }

  /** Forwards, what falls due on the way happens as with `advance`; backwards, nothing does. */
  async set(at: number): Promise<void> {
    const ahead = at - this.now()
    if (ahead > 0) return this.advance(ahead)
    this.#change(() => {
      this.#at = at
    })
  }

  /** Moves on by so much. What falls due on the way happens in its order, each at its own time, before this resolves. */
  async advance(ms: number): Promise<void> {
    const wasFrozen = this.#frozen
    this.freeze(true)
    const end = this.now() + ms
    try {
      for (;;) {
        await settled()
        const due = await this.#nextDueAt()
        if (due === null || due > end) break
        this.#jump(Math.max(due, this.now()))
        await this.#runDue()
      }
      this.#jump(end)
    } finally {
      this.freeze(wasFrozen)
    }
  }

  /** Lets `advance` see to work that does not sleep by this clock. */
  add(work: DueWork): void {
    this.#work.push(work)
  }

  /** Ends every wait, so that nothing keeps the process. */
  close(): void {
    for (const { wake } of [...this.#sleepers]) wake()
  }

  async #nextDueAt(): Promise<number | null> {
    const times = await Promise.all(this.#work.map(work => work.nextDueAt()))
    for (const { dueAt } of this.#sleepers) times.push(dueAt)
    return times.reduce<number | null>(
      (first, at) => (first === null || (at !== null && at < first) ? at : first),
      null,
    )
  }

  async #runDue(): Promise<void> {
    const now = this.now()
    for (const { dueAt, wake } of [...this.#sleepers]) if (dueAt <= now) wake()
    for (const work of this.#work) {
      const due = await work.nextDueAt()
      if (due !== null && due <= now) await work.runDue()
    }
  }

  #jump(to: number): void {
    this.#elapsedBefore += Math.max(0, to - this.now())
    this.#at = to
    this.#since = performance.now()
  }

  #passed(): number {
    return this.#frozen ? 0 : (performance.now() - this.#since) * this.#scale
  }

  /** What has passed so far stays as it was. */
  #change(change: () => void): void {
    const passed = this.#passed()
    this.#elapsedBefore += passed
    this.#at += passed
    this.#since = performance.now()
    change()
    for (const sleeper of this.#sleepers) this.#wind(sleeper)
  }

  #wind(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer)
    if (this.#frozen) return
    const realMs = Math.min(maxTimerMs, Math.max(0, sleeper.dueAt - this.now()) / this.#scale)
    sleeper.timer = setTimeout(() => (this.now() < sleeper.dueAt ? this.#wind(sleeper) : sleeper.wake()), realMs)
    sleeper.timer.unref()
  }
}

/** Lets what has just been woken run until it waits again. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(resolve => setImmediate(resolve))
}
