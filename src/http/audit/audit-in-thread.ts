/** Audits a site in a thread of its own: going through a million rooms is half a minute of computing. */
import { Worker } from 'node:worker_threads'
import { KnownNumbers } from '../../guessability/attacker/known-numbers.ts'
import { message } from '../../messages/message.ts'
import { unpackError } from '../../store/packed-error.ts'
import { sibling } from '../../store/sibling-module.ts'
import type { Audit } from '../../wire/audit.ts'
import { refuse } from '../plumbing/errors.ts'
import type { AuditTask, FromThread, Passes, Slice } from './audit-messages.ts'

export interface Audited {
  audit: Audit
  numbers: KnownNumbers
}

/** In MiB: what is collected more often takes less room. The numbers of all rooms are kept beside it. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }

/**
 * @param passes are read here, a slice whenever the thread has done with the one before: a connection to a database
 * belongs to one thread.
 * @throws ApiError 503 where it is given up.
 */
export async function auditInThread(passes: Passes, task: AuditTask, giveUp: AbortSignal): Promise<Audited> {
  const ended = new AbortController()
  const thread = new Worker(sibling(import.meta.url, './audit-thread'), { workerData: task, resourceLimits: heap })
  try {
    return await new Promise((resolve, reject) => {
      const sendMore = async (pass: keyof Passes) => {
        const { done, value } = await passes[pass].next()
        const slice: Slice = done ? null : value
        thread.postMessage(slice)
      }
      const end = () => reject(refuse(503, message('stoppingRuns')))
      if (giveUp.aborted) end()
      giveUp.addEventListener('abort', end, { signal: ended.signal })
      thread.on('message', (message: FromThread) => {
        if ('more' in message) sendMore(message.more).catch(reject)
        else if ('error' in message) reject(unpackError(message.error))
        else resolve({ audit: message.audit, numbers: KnownNumbers.from(message.numbers) })
      })
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('The thread of an audit ended before it was done.')))
    })
  } finally {
    ended.abort()
    await thread.terminate()
    await Promise.all([passes.ids.return(undefined), passes.rooms.return(undefined)])
  }
}
