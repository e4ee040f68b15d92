/** Rehearses in a thread of its own: whatever the plan and the faults are, the thread that answers calls goes on. */
import { Worker } from 'node:worker_threads'
import { message } from '../../messages/message.ts'
import type { Rehearse } from '../../rotations/rehearsal/rehearse.ts'
import { unpackError } from '../../store/packed-error.ts'
import { sibling } from '../../store/sibling-module.ts'
import { refuse } from '../plumbing/errors.ts'
import type { FromThread, PlanSlice, RehearsalTask } from './rehearsal-messages.ts'

/** In MiB: what is collected more often takes less room. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }

/** @throws ApiError 503 where it is given up, or needs more memory than one may have. */
export const rehearseInThread: Rehearse = async ({ items, ...plan }, { faults, speed, workers, giveUp }) => {
  const task: RehearsalTask = { plan, request: { faults, speed, ...(workers && { workers }) } }
  const thread = new Worker(sibling(import.meta.url, './rehearsal-thread'), { workerData: task, resourceLimits: heap })
  const lines = items[Symbol.asyncIterator]()
  try {
    return await new Promise((resolve, reject) => {
      const sendMore = async () => {
        const { done, value } = await lines.next()
        const slice: PlanSlice = done ? null : value
        thread.postMessage(slice)
      }
      const end = () => reject(refuse(503, message('stoppingRuns')))
      if (giveUp?.aborted) end()
      giveUp?.addEventListener('abort', end, { once: true })
      thread.on('message', (message: FromThread) => {
        if (message === 'more') sendMore().catch(reject)
        else if ('error' in message) reject(unpackError(message.error))
        else resolve(message.result)
      })
      thread.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse(503, message('rehearsalTooLarge')) : error)
      })
      thread.on('exit', () => reject(new Error('The thread of a rehearsal ended before it was done.')))
    })
  } finally {
    await thread.terminate()
    await lines.return?.()
  }
}
