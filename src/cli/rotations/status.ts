import { asMessage } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { currentState, keyOf } from '../../rotations/lifecycle.ts'
import type { RotationContext } from '../../rotations/use-cases/context.ts'
import { countRotation } from '../../store/rotations/counts.ts'
import { nextDue, type Rotation } from '../../store/rotations/rotations.ts'
import { fromStored, fromStoredOrNull } from '../../store/stored-message.ts'
import type { Command } from '../command.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { countsJson } from '../output/reasons.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export const status: Command = {
  name: 'status',
  description: 'Show how far a rotation is',
  setUp(command) {
    rotationOptions(command)
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async context => {
          const rotation = await requireRotation(context, name, options.site)
          const known = await readStatus(context, rotation)
          process.stdout.write(options.json ? `${JSON.stringify(known, null, 2)}\n` : renderStatus(known))
        }),
      )
  },
}

async function readStatus({ store, active }: RotationContext, rotation: Rotation) {
  const key = keyOf(rotation)
  const { rooms, refused, held } = await countRotation(store.db, key)
  const { site_url, target, choice, plan_hash, created_at, started_at, finished_at } = rotation
  const stop = fromStoredOrNull(rotation.stop_reason)
  return {
    rotation: rotation.rotation,
    site: site_url,
    state: currentState(rotation, active),
    stopReason: stop === null ? null : render(stop),
    stopMessage: asMessage(stop),
    target,
    people: render(fromStored(choice)),
    hash: plan_hash,
    undoOf: rotation.undo_of,
    plannedAt: isoTime(created_at),
    startedAt: isoTime(started_at),
    finishedAt: isoTime(finished_at),
    selfServiceSwitchedOff: rotation.frozen_from !== null,
    rooms,
    refused: countsJson(refused),
    held: countsJson(held),
    readBackAt: isoTime(await nextDue(store.db, key)),
  }
}

function renderStatus(known: Awaited<ReturnType<typeof readStatus>>): string {
  const { rooms } = known
  const lines = [
    `Rotation ${known.rotation} of ${known.site}: ${known.state}${known.stopReason === null ? '' : ` (${known.stopReason})`}`,
    `  done ${rooms.done}, refused ${rooms.refused}, to do ${rooms.pending + rooms.sent}, to be read back ${rooms.unsure}, held ${rooms.held}, left out ${rooms.left}`,
    ...known.refused.slice(0, 10).map(({ reason, count }) => `  ${count} refused: ${reason}`),
  ]
  for (const { reason, count } of known.held) lines.push(`  ${count} held: ${reason}`)
  if (known.readBackAt !== null) lines.push(`  rooms are read back from ${known.readBackAt}`)
  if (known.selfServiceSwitchedOff) lines.push('  self-service is switched off until this rotation ends')
  return `${lines.join('\n')}\n`
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
