import type { RotationAnswer } from '../../../src/wire/rotations.ts'
import { useFormat } from '../language/format.ts'
import { useWords } from '../language/use-words.ts'

/** Reasons, each with how many rooms it applies to. */
export function Reasons({ reasons }: { reasons: RotationAnswer['left'] }) {
  const words = useWords()
  const format = useFormat()
  return (
    <ul className="reasons">
      {reasons.map(({ reason, message, count }) => (
        <li key={reason}>
          <span className="number">{format.integer(count)}</span>
          <span>{words.say(reason, message)}</span>
        </li>
      ))}
    </ul>
  )
}
