import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** What insists waits so long for readers. Meanwhile, no batch is written. */
const insistMs = 200

/** Before each page in the log. Source: sqlite.org/fileformat2.html, section 4.1. */
const frameHeaderBytes = 24

const port = parentPort as MessagePort
const connection = new Database((workerData as { path: string }).path, { timeout: insistMs })
const pageBytes = connection.pragma('page_size', { simple: true }) as number
let logBytes = 0

/**
 * `passive` waits for nobody; `restart` waits for readers and lets the log begin anew, `truncate` cuts its file off as well.
 * The answer is how much of the file is the log: a busy one is tried again.
 */
port.on('message', (mode: 'passive' | 'restart' | 'truncate') => {
  try {
    const [told] = connection.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number }[]
    const hasBegunAnew = mode !== 'passive' && told!.busy === 0
    logBytes = hasBegunAnew ? 0 : told!.log * (pageBytes + frameHeaderBytes)
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  port.postMessage(logBytes)
})
