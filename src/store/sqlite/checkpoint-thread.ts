import { fsyncSync, openSync, statfsSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from './driver.ts'
import { asStoreFailure, explained } from './failure.ts'

/** How long a blocking checkpoint waits for readers. No batch is written in that time. */
const maxBlockingMs = 200

/** Size of the header before each page in the log. Source: sqlite.org/fileformat2.html, section 4.1. */
const frameHeaderBytes = 24

const port = parentPort as MessagePort
const { path } = workerData as { path: string }
const connection = explained(() => openDatabase(path, { timeout: maxBlockingMs }))
/**
 * SQLite leaves writing the database to disk to the checkpoint that reaches the end of the log, which then takes a
 * fifth of a second and more. Here each checkpoint syncs its own small part: commits wait while the disk is busy. The
 * file descriptor is never closed, not even with this thread: closing it would drop SQLite's own locks on the file for
 * the whole process (sqlite.org/howtocorrupt.html, section 2.2).
 */
const databaseFile = openSync(path, 'r')
const pageBytes = explained(() => connection.pragma('page_size', { simple: true }) as number)
let logBytes = 0

/**
 * A passive checkpoint that took no longer than this leaves little for the blocking one; after this many, it goes ahead
 * anyway.
 */
const quickMs = 10
const maxAttempts = 8

export type CheckpointMode = 'passive' | 'restart' | 'truncate'

/**
 * Messages to the writer: that it must wait from now on, and at the end, how much of the file is log and how much space
 * the disk has left.
 */
export type CheckpointMessage = 'blocking' | { logBytes: number; freeBytes: number }

/**
 * PASSIVE waits for nobody; RESTART waits for readers and lets the log start over; TRUNCATE cuts its file off as well.
 * Before a blocking checkpoint, passive ones copy what they can while the writer continues: each leaves less, and the
 * writer waits only for the rest. If the database is busy, it is tried again.
 */
port.on('message', (mode: CheckpointMode) => {
  if (mode === 'passive') copyToDisk()
  else {
    for (let attempt = 1; attempt <= maxAttempts && copyToDisk() > quickMs; attempt += 1);
    port.postMessage('blocking' satisfies CheckpointMessage)
    checkpoint(mode)
  }
  port.postMessage({ logBytes, freeBytes: freeBytes() } satisfies CheckpointMessage)
})

/** Copies what it can while the writer continues. Returns how many milliseconds that took. */
function copyToDisk(): number {
  const began = performance.now()
  checkpoint('passive')
  fsyncSync(databaseFile)
  return performance.now() - began
}

/** What is free for users, without what the system reserves for itself. */
function freeBytes(): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function checkpoint(mode: CheckpointMode): void {
  try {
    const [row] = connection.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number }[]
    const hasRestarted = mode !== 'passive' && row!.busy === 0
    logBytes = hasRestarted ? 0 : row!.log * (pageBytes + frameHeaderBytes)
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '')) throw asStoreFailure(error)
  }
}
