import type { Rotation } from '../../store/rotations/rotations.ts'
import { previewUndo, type UndoPreview } from '../afterwards/preview-undo.ts'
import { planUndo } from '../afterwards/undo.ts'
import { keyOf, stateOfWhole } from '../lifecycle.ts'
import type { Refusal } from '../refusal.ts'
import { type RotationContext, readTarget, refuseOtherSite } from './context.ts'
import { havePlanMade, type Planned, type PlanOptions } from './have-plan-made.ts'

/** Plans a rotation that gives the old IDs back. It is approved and started like any other. */
export async function undoRotation(
  context: RotationContext,
  rotation: Rotation,
  options: PlanOptions = {},
): Promise<Planned | Refusal> {
  const refusal = refuseUndo(context, rotation)
  return refusal ?? havePlanMade(context, rotation, deps => planUndo(keyOf(rotation), deps), options)
}

/** What undoing would do now, naming up to `shown` rooms of each kind. Writes nothing. */
export async function previewRotationUndo(
  context: RotationContext,
  rotation: Rotation,
  shown: number,
): Promise<UndoPreview | Refusal> {
  const refusal = refuseUndo(context, rotation)
  const { store } = context
  return (
    refusal ??
    readTarget(context, rotation, ({ client }) => previewUndo(keyOf(rotation), { store, client, now: Date.now }, shown))
  )
}

function refuseUndo(context: RotationContext, rotation: Rotation): Refusal | undefined {
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const state = stateOfWhole(rotation, context.active)
  return state === 'finished' || state === 'stopped' ? undefined : { refused: 'undoWrongState', state }
}
