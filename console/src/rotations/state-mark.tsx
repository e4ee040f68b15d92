import type { RotationAnswer } from '../data/rotations.ts'
import { useWords } from '../language/use-words.ts'
import { Mark, type Tone } from '../ui/marks.tsx'

const tones: Record<RotationAnswer['state'], Tone> = {
  planning: 'plain',
  failed: 'bad',
  planned: 'accent',
  running: 'accent',
  stopped: 'fair',
  finished: 'good',
}

export function StateMark({ state }: Pick<RotationAnswer, 'state'>) {
  const words = useWords()
  return <Mark tone={tones[state]}>{words.rotations.states[state]}</Mark>
}
