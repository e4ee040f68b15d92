/** Whether any call may begin: not until Retry-After is over, in full; then one call goes alone, until it is answered. */
export class Gate {
  #closedUntil = 0
  /** The next call goes alone. */
  #alone = true
  #underWay = 0

  /** Calls that have begun and were not answered. */
  get underWay(): number {
    return this.#underWay
  }

  /** Until when the target asked us to wait, or 0. */
  get closedUntil(): number {
    return this.#closedUntil
  }

  /** When a call may begin; infinite until the call that is under way alone is answered. */
  earliest(now: number): number {
    return this.#alone && this.#underWay > 0 ? Number.POSITIVE_INFINITY : Math.max(now, this.#closedUntil)
  }

  begin(): void {
    this.#underWay += 1
  }

  end(): void {
    this.#underWay -= 1
  }

  /** A call was let through: others may go beside the next one. */
  open(): void {
    this.#alone = false
  }

  /** @param alone whether one call goes alone when it opens again, until it is answered. */
  close(now: number, forMs: number, alone = true): void {
    this.#closedUntil = Math.max(this.#closedUntil, now + forMs)
    this.#alone = alone
  }
}
