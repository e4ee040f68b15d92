import type { Rotation } from '../../store/rotations/rotations.ts'
import { dayMs } from '../../time.ts'
import { keyOf, stateOfWhole } from '../lifecycle.ts'
import { type MeetingsRead, readMeetings } from '../meetings/read-meetings.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { audit, type RotationContext, readTarget, refuseOtherSite } from './context.ts'

export interface MeetingsOptions {
  /** How far ahead meetings are asked for. */
  days: number
  again: boolean
  onProgress?: (read: number) => void
}

/** Reads the meetings in the rooms of a rotation, before it runs or after, and keeps them. Changes none. */
export async function readMeetingsOf(
  context: RotationContext,
  rotation: Rotation,
  { days, again, onProgress }: MeetingsOptions,
): Promise<MeetingsRead | Refusal> {
  const { store, active } = context
  const key = keyOf(rotation)
  const otherSite = refuseOtherSite(context, rotation.site_url)
  if (otherSite !== undefined) return otherSite
  const state = stateOfWhole(rotation, active)
  if (state === 'planning' || state === 'failed') return { refused: 'wrongState', state }
  const read = await readTarget(context, rotation, ({ client }) =>
    readMeetings(
      key,
      { store, client, now: Date.now, ...(onProgress && { onProgress }) },
      { aheadMs: days * dayMs, again },
    ),
  )
  if (!isRefusal(read)) await audit(context, key, 'rotation.meetingsRead', { ...read })
  return read
}
