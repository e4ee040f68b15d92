import type { RotationAnswer } from '../data/rotations.ts'
import { useWords } from '../language/use-words.ts'
import { Badge, type Tone } from '../ui/badge.tsx'

const tones: Record<RotationAnswer['state'], Tone> = {
  planning: 'plain',
  failed: 'bad',
  planned: 'accent',
  running: 'accent',
  stopped: 'fair',
  finished: 'good',
}

export function StateBadge({ state }: Pick<RotationAnswer, 'state'>) {
  const words = useWords()
  return <Badge tone={tones[state]}>{words.rotations.states[state]}</Badge>
}
