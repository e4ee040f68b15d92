/** The outcomes of a rotation's rooms, cached while they are true: counting half a million takes a while. */
import { countRotation } from '../../store/rotations/counts.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { RotationAnswer } from '../../wire/rotations.ts'
import { asReasons } from './refused-reasons.ts'

type Counts = Pick<RotationAnswer, 'counts' | 'left' | 'refused' | 'held'>

/** More than a page of a site's rotations. */
const maxCached = 2000

export class CountCache {
  readonly #store: Store
  readonly #cached = new Map<string, Promise<Counts>>()

  constructor(store: Store) {
    this.#store = store
  }

  clear(): void {
    this.#cached.clear()
  }

  /** A room of a sealed plan changes with an event of the journal only, so their number says which counts are meant. */
  async of(rotation: Rotation): Promise<Counts> {
    const { site_id, rotation: number, plan_hash, events } = rotation
    if (plan_hash === null) return this.#count(rotation)
    // A plan that was discarded leaves its number to the next one.
    const name = `${site_id} ${number} ${plan_hash} ${events}`
    const known = this.#cached.get(name)
    if (known !== undefined) return known
    const counting = this.#count(rotation)
    this.#cached.set(name, counting)
    counting.catch(() => this.#cached.delete(name))
    if (this.#cached.size > maxCached) this.#cached.delete(this.#cached.keys().next().value!)
    return counting
  }

  async #count({ site_id, rotation }: Rotation): Promise<Counts> {
    const { rooms, left, refused, held } = await countRotation(this.#store.db, { siteId: site_id, rotation })
    return { counts: rooms, left: asReasons(left), refused: asReasons(refused), held: asReasons(held) }
  }
}
