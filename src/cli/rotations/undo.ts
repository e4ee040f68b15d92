import { exitCodes, UserError } from '../../errors.ts'
import { planUndo } from '../../rotations/afterwards/undo.ts'
import { getRotation } from '../../store/rotations/rotations.ts'
import { secureRandomText } from '../../store/secure-random.ts'
import type { Command } from '../command.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { connectTarget, keyOf, requireRotation, withRotations } from './rotation-setup.ts'
import { showPlan } from './run-plan.ts'
import { runWithProgress } from './run-rotation.ts'

export const undo: Command = {
  name: 'undo',
  description: 'Plan a rotation that gives rooms their old IDs back',
  setUp(command) {
    rotationOptions(command)
      .option('--run', 'carry it out at once')
      .option('--out <file>', 'where the plan goes as CSV (default: rotation-N.csv)')
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async store => {
          const rotation = await requireRotation(store, name, options.site)
          if (rotation.state === 'running') {
            throw new UserError(
              `Rotation ${rotation.rotation} is running; stop it before it is undone.`,
              exitCodes.stopped,
            )
          }
          const wired = connectTarget(rotation.target, options)
          const began = Date.now()
          const deps = { store, client: wired.client, draw: secureRandomText, now: Date.now }
          const summary = await planUndo(keyOf(rotation), deps)
          if (options.run === undefined) return showPlan(store, summary, wired, options, Date.now() - began)
          const planned = await getRotation(store.db, summary.key)
          await runWithProgress(store, planned, wired, { ...options, workers: 4, stopAtRefused: 20 })
        }),
      )
  },
}
