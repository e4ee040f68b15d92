/** The thread in which the service rehearses a plan; rehearse-in-thread.ts starts it. */
import { parentPort, workerData } from 'node:worker_threads'
import { rehearseWith } from '../../rotations/rehearsal/rehearse.ts'
import { packError } from '../../store/packed-error.ts'
import type { RotationItem } from '../../store/rotations/rotations.ts'
import { sandboxTarget } from '../sandbox-target.ts'
import { buildServer } from '../server.ts'
import type { FromThread, PlanSlice, RehearsalTask } from './rehearsal-messages.ts'

const port = parentPort!
const { plan, request } = workerData as RehearsalTask
let deliver: (items: PlanSlice) => void = () => undefined

port.on('message', (items: PlanSlice) => deliver(items))

async function* items(): AsyncGenerator<RotationItem[]> {
  for (;;) {
    const next = await new Promise<PlanSlice>(resolve => {
      deliver = resolve
      tell('more')
    })
    if (next === null) return
    yield next
  }
}

function tell(message: FromThread): void {
  port.postMessage(message)
}

try {
  const rehearse = rehearseWith(sandboxTarget(buildServer))
  tell({ result: await rehearse({ ...plan, items: items() }, request) })
} catch (error) {
  tell({ error: packError(error as Error) })
}
