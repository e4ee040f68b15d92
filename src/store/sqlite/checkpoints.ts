import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { sibling } from '../sibling-module.ts'
import type { CheckpointMessage, CheckpointMode } from './checkpoint-thread.ts'

/** Checkpoint once the log is this long. */
const minLogBytes = 4 * 2 ** 20

/** In bytes. */
interface Bounds {
  /** Once the log is this long, copy it to its end, so that it starts over. */
  restart: number
  /** Once it is this long nevertheless, no batch is written until that is done. */
  wait: number
  /** A log file this long is truncated. */
  truncate: number
}

/**
 * Each time the log starts over, the writer is blocked for as long as the disk takes, and pages that are written again
 * and again are copied once more: at 26 million IDs given, continuous batches measured a quarter faster where that
 * happened every 256 MiB, not every 64. But a log of that size can fill a small disk by itself.
 */
const byDefault: Bounds = { restart: 256 * 2 ** 20, wait: 512 * 2 ** 20, truncate: 640 * 2 ** 20 }
const onSmallDisk: Bounds = { restart: 64 * 2 ** 20, wait: 192 * 2 ** 20, truncate: 192 * 2 ** 20 }
const minFreeBytes = 4 * 2 ** 30

/** Commits between two passive checkpoints. */
const commitsPerCheckpoint = 16

/**
 * A blocking checkpoint blocks the writer. After one without effect, because somebody reads for longer, the next one
 * waits.
 */
const retryBlockingMs = 1000

/**
 * Has the write-ahead log copied back into the database by another thread, so that no batch waits for it. The thread
 * starts with the first checkpoint: an idle service does without it.
 *
 * Under continuous load the log never ends that way, because something is always written in the meantime. Once it is
 * too long, the writer therefore waits while the other thread copies the rest. The file keeps its length when the log
 * starts over: allocating the space again, under a load that the disk barely keeps up with, is what makes it fall
 * behind for a minute. The file is truncated only after a long read has made it grow, or where it is too long for a
 * small disk.
 */
export class Checkpoints {
  readonly #path: string
  #thread: Worker | undefined
  #commits = 0
  #fileBytes = 0
  /** When the running checkpoint began. */
  #fileBytesBefore = 0
  /** The length of the log at the end of the last checkpoint: the file size does not tell. */
  #logBytes = 0
  /** Until a checkpoint has looked at the disk, assume that space is scarce. */
  #bounds = onSmallDisk
  #noBlockingBefore = Number.NEGATIVE_INFINITY
  #blocks = false
  #hasWarned = false
  /** The running checkpoint. */
  #running: Promise<void> | undefined
  #ended: () => void = () => undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Must be called after every commit. */
  committed(): void {
    this.#commits += 1
    this.#fileBytes = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (this.#running !== undefined) return
    const tooLongFile = this.#fileBytes > this.#bounds.truncate
    const tooLong = tooLongFile || this.#logBytes > this.#bounds.restart
    if (tooLong && performance.now() > this.#noBlockingBefore) this.#begin(tooLongFile ? 'truncate' : 'restart')
    else if (this.#fileBytes >= minLogBytes && this.#commits % commitsPerCheckpoint === 0) this.#begin('passive')
  }

  /** What the next commit must wait for; undefined for nothing. */
  get pending(): Promise<void> | undefined {
    const grows = this.#fileBytes > Math.max(this.#bounds.wait, this.#fileBytesBefore)
    return this.#blocks || grows ? this.#running : undefined
  }

  async stop(): Promise<void> {
    await this.#thread?.terminate()
  }

  #begin(mode: CheckpointMode): void {
    this.#fileBytesBefore = this.#fileBytes
    this.#running = new Promise(resolve => {
      this.#ended = resolve
    })
    this.#started().postMessage(mode)
  }

  #onCheckpointMessage(message: CheckpointMessage): void {
    if (message === 'blocking') {
      this.#blocks = true
      return
    }
    if (this.#blocks && message.logBytes > 0) this.#noBlockingBefore = performance.now() + retryBlockingMs
    this.#logBytes = message.logBytes
    this.#bounds = message.freeBytes < minFreeBytes ? onSmallDisk : byDefault
    this.#hasWarned = false
    this.#end()
  }

  #end(): void {
    this.#blocks = false
    this.#running = undefined
    this.#ended()
  }

  /** The next one starts with a thread of its own. Warned about once, until a checkpoint has succeeded again. */
  #failed({ message }: Error): void {
    this.#thread = undefined
    if (!this.#hasWarned) process.emitWarning(`${this.#path}-wal grows, because it cannot be copied back. ${message}`)
    this.#hasWarned = true
    this.#end()
  }

  #started(): Worker {
    if (this.#thread === undefined) {
      this.#thread = new Worker(sibling(import.meta.url, './checkpoint-thread'), {
        workerData: { path: this.#path },
        trackUnmanagedFds: false,
      })
      this.#thread.unref()
      this.#thread.on('message', (message: CheckpointMessage) => this.#onCheckpointMessage(message))
      this.#thread.on('error', error => this.#failed(error as Error))
    }
    return this.#thread
  }
}
