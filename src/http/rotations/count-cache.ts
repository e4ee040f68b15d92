/** What became of a rotation's rooms, kept while it is true: counting half a million takes a while. */
import { countRotation } from '../../store/rotations/counts.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Db } from '../../store/tables.ts'
import type { RotationAnswer } from '../../wire/rotations.ts'
import { asReasons } from './refused-reasons.ts'

type Counts = Pick<RotationAnswer, 'counts' | 'left' | 'refused'>

/** More than a page of a site's rotations. */
const maxKept = 2000

export class CountCache {
  readonly #db: Db
  readonly #kept = new Map<string, Promise<Counts>>()

  constructor(db: Db) {
    this.#db = db
  }

  /** A room of a sealed plan changes with an event of the journal only, so their number says which counts are meant. */
  async of(rotation: Rotation): Promise<Counts> {
    const { site_id, rotation: number, plan_hash, events } = rotation
    if (plan_hash === null) return this.#count(rotation)
    // A plan that was thrown away leaves its number to the next one.
    const name = `${site_id} ${number} ${plan_hash} ${events}`
    const known = this.#kept.get(name)
    if (known !== undefined) return known
    const counting = this.#count(rotation)
    this.#kept.set(name, counting)
    counting.catch(() => this.#kept.delete(name))
    if (this.#kept.size > maxKept) this.#kept.delete(this.#kept.keys().next().value!)
    return counting
  }

  async #count({ site_id, rotation }: Rotation): Promise<Counts> {
    const { rooms, left, refused } = await countRotation(this.#db, { siteId: site_id, rotation })
    return { counts: rooms, left: asReasons(left), refused: asReasons(refused) }
  }
}
