import { pauseRotation } from '../../rotations/use-cases/pause.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Command } from '../command.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

/** A batch under way may take a minute until its call is given up. */
const patienceMs = 90_000

export const stop: Command = {
  name: 'stop',
  description: 'Stop a rotation after the batches under way, whichever process runs it',
  setUp(command) {
    rotationOptions(command)
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async context => {
          const rotation = await requireRotation(context, name, options.site)
          orThrow(await pauseRotation(context, rotation, { patienceMs }), rotation.rotation)
          const key = { siteId: rotation.site_id, rotation: rotation.rotation }
          const { state } = await getRotation(context.store.db, key)
          const text = `Rotation ${key.rotation} is ${state}; resume it with roomkey resume, or undo it with roomkey undo.\n`
          process.stdout.write(options.json ? `${JSON.stringify({ rotation: key.rotation, state }, null, 2)}\n` : text)
        }),
      )
  },
}
