import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

/** How long `truncate` waits for readers. Meanwhile, no batch is written. */
const insistMs = 200

const port = parentPort as MessagePort
const connection = new Database((workerData as { path: string }).path, { timeout: insistMs })

/** `passive` waits for nobody; `truncate` waits for readers and cuts the log off. A busy one is tried again. */
port.on('message', (mode: 'passive' | 'truncate') => {
  try {
    connection.pragma(`wal_checkpoint(${mode})`)
  } catch (error) {
    if (!/^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  port.postMessage('done')
})
