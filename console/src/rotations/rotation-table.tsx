import { Link } from 'wouter'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import type { RotationAnswer } from './api.ts'
import { StateMark } from './state-mark.tsx'

export function RotationTable({ rotations }: { rotations: RotationAnswer[] }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{text.rotation}</th>
          <th scope="col">{text.state}</th>
          <th scope="col">{text.who}</th>
          <th scope="col" className="number">
            {text.changed}
          </th>
          <th scope="col">{text.created}</th>
        </tr>
      </thead>
      <tbody>
        {rotations.map(({ number, state, choice, undoOf, counts, createdAt }) => (
          <tr key={number}>
            <td>
              <Link href={`/rotations/${number}`}>{text.named(number)}</Link>
            </td>
            <td>
              <StateMark state={state} />
            </td>
            <td>{undoOf === null ? choice : text.undoOf(undoOf)}</td>
            <td className="number">{text.doneOf(format.integer(counts.done), format.integer(totalOf(counts)))}</td>
            <td>{format.dateTime(createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function totalOf(counts: RotationAnswer['counts']): number {
  return counts.pending + counts.sent + counts.unsure + counts.done + counts.refused
}
