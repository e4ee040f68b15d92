import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

const port = parentPort as MessagePort
const connection = new Database((workerData as { path: string }).path, { timeout: 1000 })

/** `passive` waits for nobody; `restart` waits for readers and lets the log begin anew. A busy one is tried again. */
port.on('message', (mode: 'passive' | 'restart') => {
  try {
    connection.pragma(`wal_checkpoint(${mode})`)
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  port.postMessage('done')
})
