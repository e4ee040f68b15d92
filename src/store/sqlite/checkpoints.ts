import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { sibling } from '../../sibling.ts'

/** Checkpoint once the log is this long, and insist once it is that long. */
const longLog = 4 * 2 ** 20
const tooLongLog = 64 * 2 ** 20

/** Commits between two looks at the length of the log. */
const commitsPerLook = 16

/**
 * Has the write-ahead log copied back into the database by another thread, so that no batch waits for it. The thread
 * starts with the first checkpoint: an idle service does without it.
 */
export class Checkpoints {
  readonly #path: string
  #thread: Worker | undefined
  #commits = 0
  #running = false

  constructor(path: string) {
    this.#path = path
  }

  /** To be told of every commit. */
  committed(): void {
    this.#commits += 1
    if (this.#running || this.#commits % commitsPerLook !== 0) return
    const length = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (length < longLog) return
    this.#running = true
    this.#started().postMessage(length > tooLongLog ? 'restart' : 'passive')
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate()
  }

  #started(): Worker {
    if (this.#thread === undefined) {
      this.#thread = new Worker(sibling(import.meta.url, './checkpoint-thread'), { workerData: { path: this.#path } })
      this.#thread.unref()
      this.#thread.on('message', () => {
        this.#running = false
      })
      this.#thread.on('error', () => {
        this.#thread = undefined
        this.#running = false
      })
    }
    return this.#thread
  }
}
