/**
 * A process that runs a rotation and can be killed: from then on it writes nothing, calls nothing and never goes on,
 * while the store and the target stay as they are.
 */
import type { Store } from '#roomkey/store/store.js'
import type { Fetch } from '#roomkey/webex/calls/calls.js'

export class MortalProcess {
  readonly owner: string
  /** Resolves when it is killed. */
  readonly died: Promise<'died'>
  readonly #dieAt: number | null
  #die: (died: 'died') => void = () => undefined
  #steps = 0
  #dead = false

  constructor(owner: string, dieAt: number | null) {
    this.owner = owner
    this.#dieAt = dieAt
    this.died = new Promise(resolve => {
      this.#die = resolve
    })
  }

  /** Between any two of these it may be killed. Never resolves once it is. */
  step = async (): Promise<void> => {
    this.#steps += 1
    if (this.#steps === this.#dieAt) this.kill()
    if (this.#dead) await new Promise(() => undefined)
  }

  kill(): void {
    this.#dead = true
    this.#die('died')
  }

  fetch(fetch: Fetch): Fetch {
    return async (url, init) => {
      await this.step()
      const answer = await fetch(url, init)
      await this.step()
      return answer
    }
  }

  store(store: Store): Store {
    return {
      ...store,
      write: (name, args) => this.step().then(() => store.write(name, args)),
    }
  }
}
