import { fsyncSync, openSync, statfsSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { asStoreFailure, explained } from './failure.ts'

/** What insists waits so long for readers. Meanwhile, no batch is written. */
const insistMs = 200

/** Before each page in the log. Source: sqlite.org/fileformat2.html, section 4.1. */
const frameHeaderBytes = 24

const port = parentPort as MessagePort
const { path } = workerData as { path: string }
const connection = explained(() => new Database(path, { timeout: insistMs }))
/**
 * A checkpoint leaves it to the one that reaches the end of the log to have the database written to the disk, which then
 * takes a fifth of a second and more. Here each does so, a little at a time: commits wait behind what the disk is busy with.
 * Never closed, not even with this thread: that would take SQLite's own locks on the file from the whole process
 * (sqlite.org/howtocorrupt.html, section 2.2).
 */
const databaseFile = openSync(path, 'r')
const pageBytes = explained(() => connection.pragma('page_size', { simple: true }) as number)
let logBytes = 0

/** A checkpoint that took no longer leaves little for the one that insists; after so many that did, it has to do. */
const quickMs = 10
const maxAttempts = 8

export type CheckpointMode = 'passive' | 'restart' | 'truncate'

/** What the writer is told: that it is to wait from now on, and at the end, how much of the file is the log and what the disk has left. */
export type CheckpointNews = 'insists' | { logBytes: number; freeBytes: number }

/**
 * `passive` waits for nobody; `restart` waits for readers and lets the log begin anew, `truncate` cuts its file off as well.
 * Before it insists, it copies what it can while the writer goes on: what is left then is what was written meanwhile, less
 * each time, and the writer waits for the last of it only. A busy one is tried again.
 */
port.on('message', (mode: CheckpointMode) => {
  if (mode === 'passive') copyToDisk()
  else {
    for (let attempt = 1; attempt <= maxAttempts && copyToDisk() > quickMs; attempt += 1);
    port.postMessage('insists' satisfies CheckpointNews)
    checkpoint(mode)
  }
  port.postMessage({ logBytes, freeBytes: freeBytes() } satisfies CheckpointNews)
})

/** Copies what it can while the writer goes on; gives how many milliseconds that took. */
function copyToDisk(): number {
  const began = performance.now()
  checkpoint('passive')
  fsyncSync(databaseFile)
  return performance.now() - began
}

/** What is left for users, without what the system keeps for itself. */
function freeBytes(): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function checkpoint(mode: CheckpointMode): void {
  try {
    const [row] = connection.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number }[]
    const hasBegunAnew = mode !== 'passive' && row!.busy === 0
    logBytes = hasBegunAnew ? 0 : row!.log * (pageBytes + frameHeaderBytes)
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '')) throw asStoreFailure(error)
  }
}
