import { startRotation } from '../../rotations/use-cases/start.ts'
import { undoRotation } from '../../rotations/use-cases/undo.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import type { Command } from '../command.ts'
import { paceOptions } from '../options/pace-options.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { followRun } from '../output/follow-run.ts'
import { showPlan, writePlanFile } from '../output/show-plan.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export const undo: Command = {
  name: 'undo',
  description: 'Plan a rotation that restores the old IDs',
  setUp(command) {
    const described = rotationOptions(command)
      .option('--run', 'run it immediately')
      .option('--out <file>', 'CSV file to write the plan to (default: rotation-N.csv)')
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async context => {
          const { store } = context
          const rotation = await requireRotation(context, name, options.site)
          const began = Date.now()
          const planned = orThrow(await undoRotation(context, rotation), rotation.rotation)
          if (options.run === undefined) return showPlan(store, planned, options, Date.now() - began)
          if (options.out !== undefined) await writePlanFile(store, planned.key, options.out)
          const undo = await getRotation(store.db, planned.key)
          await followRun(store, undo, how => startRotation(context, undo, how), options)
        }),
      )
    paceOptions(described)
  },
}
