import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { CheckpointMode, CheckpointNews } from './checkpoint-thread.ts'
import { sibling } from './sibling-module.ts'

/** Checkpoint once the log is so long. */
const longLog = 4 * 2 ** 20

/** In bytes. */
interface Bounds {
  /** Once the log is so long, have it copied to its end, so that it begins anew. */
  anew: number
  /** Once it is so long nevertheless, nothing is written until that is done. */
  wait: number
  /** A file so long is cut off. */
  cut: number
}

/**
 * Each time that the log begins anew holds the writer up for as long as the disk takes, and the pages that are written
 * again and again are copied once more: at 26 million IDs given, batches that never end measured a quarter faster where
 * that was every 256 MiB, not 64. But a log as long fills a small disk by itself.
 */
const usually: Bounds = { anew: 256 * 2 ** 20, wait: 512 * 2 ** 20, cut: 640 * 2 ** 20 }
const whereSpaceIsScarce: Bounds = { anew: 64 * 2 ** 20, wait: 192 * 2 ** 20, cut: 192 * 2 ** 20 }
const enoughSpace = 4 * 2 ** 30

/** Commits between two checkpoints that do not insist. */
const commitsPerCheckpoint = 16

/** Insisting holds the writer up. Where it was in vain, because somebody reads for longer, it is not done again so soon. */
const insistAgainMs = 1000

/**
 * Has the write-ahead log copied back into the database by another thread, so that no batch waits for it. The thread
 * starts with the first checkpoint: an idle service does without it.
 *
 * Under lasting load the log never comes to an end that way, because something is always written meanwhile. Once it is
 * too long, the writer therefore lets the other thread go first for the last of it. The file of a log that begins anew
 * stays as long as it was: room that has to be made again, under a load that the disk hardly keeps up with, is what makes
 * it fall behind for a minute. Only what a long read has made of it is cut off, and all that is too long for a small disk.
 */
export class Checkpoints {
  readonly #path: string
  #thread: Worker | undefined
  #commits = 0
  #fileBytes = 0
  /** When the checkpoint that is under way began. */
  #fileBytesBefore = 0
  /** As long as the log was at the end of the last checkpoint: the file does not tell. */
  #logBytes = 0
  /** Until a checkpoint has looked at the disk, space may be scarce. */
  #bounds = whereSpaceIsScarce
  #inVainUntil = Number.NEGATIVE_INFINITY
  #insists = false
  #hasWarned = false
  /** The one that is under way. */
  #running: Promise<void> | undefined
  #ended: () => void = () => undefined

  constructor(path: string) {
    this.#path = path
  }

  /** To be told of every commit. */
  committed(): void {
    this.#commits += 1
    this.#fileBytes = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (this.#running !== undefined) return
    const tooLongFile = this.#fileBytes > this.#bounds.cut
    const tooLong = tooLongFile || this.#logBytes > this.#bounds.anew
    if (tooLong && performance.now() > this.#inVainUntil) this.#begin(tooLongFile ? 'truncate' : 'restart')
    else if (this.#fileBytes >= longLog && this.#commits % commitsPerCheckpoint === 0) this.#begin('passive')
  }

  /** What the next commit has to wait for; undefined for nothing. */
  get turn(): Promise<void> | undefined {
    const grows = this.#fileBytes > Math.max(this.#bounds.wait, this.#fileBytesBefore)
    return this.#insists || grows ? this.#running : undefined
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

  #hear(news: CheckpointNews): void {
    if (news === 'insists') {
      this.#insists = true
      return
    }
    if (this.#insists && news.logBytes > 0) this.#inVainUntil = performance.now() + insistAgainMs
    this.#logBytes = news.logBytes
    this.#bounds = news.freeBytes < enoughSpace ? whereSpaceIsScarce : usually
    this.#hasWarned = false
    this.#end()
  }

  #end(): void {
    this.#insists = false
    this.#running = undefined
    this.#ended()
  }

  /** The next one starts with a thread of its own. Said once, until one has come to its end again. */
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
      this.#thread.on('message', (news: CheckpointNews) => this.#hear(news))
      this.#thread.on('error', error => this.#failed(error as Error))
    }
    return this.#thread
  }
}
