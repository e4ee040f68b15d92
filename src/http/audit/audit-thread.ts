/** The thread in which the service audits a large site; audit-in-thread.ts starts it. */
import { parentPort, workerData } from 'node:worker_threads'
import { type PlacedId, readKnownIds } from '../../guessability/attacker/known-ids.ts'
import { type AuditedRoom, auditRooms } from '../../guessability/site-report/audit-rooms.ts'
import { packError } from '../../store/packed-error.ts'
import type { AuditTask, FromThread, Passes, Slice } from './audit-messages.ts'

const port = parentPort!
const { now, rule } = workerData as AuditTask
let deliver: (slice: Slice) => void = () => undefined

port.on('message', (slice: Slice) => deliver(slice))

async function* all<Item>(pass: keyof Passes): AsyncGenerator<Item> {
  for (;;) {
    const slice = await new Promise<Slice>(resolve => {
      deliver = resolve
      tell({ more: pass })
    })
    if (slice === null) return
    yield* slice as Item[]
  }
}

function tell(message: FromThread): void {
  port.postMessage(message)
}

try {
  const known = await readKnownIds(all<PlacedId>('ids'))
  const audit = await auditRooms(() => all<AuditedRoom>('rooms'), { now, rule, known })
  tell({ audit, numbers: known.numbers.pack() })
} catch (error) {
  tell({ error: packError(error as Error) })
}
