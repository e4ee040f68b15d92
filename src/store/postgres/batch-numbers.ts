import { type Connections, withConnection } from './connections.ts'
import { retrying } from './transaction.ts'

const numbersPerFetch = 64

/**
 * Batch numbers, taken from the sequence many at a time. A batch has its number before it is sent, so that its outcome
 * can be looked up by number when the connection is lost.
 */
export class BatchNumbers {
  readonly #connections: Connections
  #available: number[] = []
  #fetching: Promise<void> | undefined

  constructor(connections: Connections) {
    this.#connections = connections
  }

  async next(): Promise<number> {
    for (;;) {
      const number = this.#available.shift()
      if (number !== undefined) return number
      this.#fetching ??= this.#fetch().finally(() => {
        this.#fetching = undefined
      })
      await this.#fetching
    }
  }

  /** Taken again where the first answer was lost: gaps in the numbering are allowed. */
  async #fetch(): Promise<void> {
    const { rows } = await retrying(() =>
      withConnection(this.#connections, connection =>
        connection.query<{ batch: number }>(
          `select nextval('batch_number') as batch from generate_series(1, ${numbersPerFetch})`,
        ),
      ),
    )
    this.#available.push(...rows.map(({ batch }) => batch))
  }
}
