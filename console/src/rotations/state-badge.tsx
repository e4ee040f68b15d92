import { useLostAt } from '../data/reach.ts'
import type { RotationAnswer } from '../data/rotations.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { notChanged, type ShownState, shownState } from './shown-state.ts'

const tones: Record<ShownState, Tone> = {
  planning: 'plain',
  failed: 'bad',
  planned: 'accent',
  needsApproval: 'fair',
  running: 'accent',
  pausing: 'fair',
  unknown: 'plain',
  stopped: 'fair',
  finished: 'good',
  finishedWithout: 'fair',
  undone: 'plain',
  partlyUndone: 'fair',
}

export function StateBadge({ rotation }: { rotation: RotationAnswer }) {
  const text = useWords().rotations
  const format = useFormat()
  const lost = useLostAt() !== null
  const state = shownState(rotation, lost)
  const words = state === 'finishedWithout' ? text.finishedWithout(format.integer(notChanged(rotation.counts))) : null
  return <Badge tone={tones[state]}>{words ?? text.states[state as Exclude<ShownState, 'finishedWithout'>]}</Badge>
}
