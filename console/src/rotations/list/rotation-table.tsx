import { Link } from 'wouter'
import type { RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { StateBadge } from '../state-badge.tsx'
import { whoOf } from '../who.ts'

export function RotationTable({ rotations }: { rotations: RotationAnswer[] }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const columns: Column<RotationAnswer>[] = [
    {
      head: text.rotation,
      cell: ({ number }) => <Link href={`/rotations/${number}`}>{text.named(number)}</Link>,
    },
    { head: text.state, cell: rotation => <StateBadge rotation={rotation} /> },
    { head: text.who, cell: rotation => whoOf(rotation, words) },
    {
      head: text.changed,
      number: true,
      cell: ({ counts }) => text.doneOf(format.integer(counts.done), format.integer(totalOf(counts))),
    },
    { head: text.created, className: 'time', cell: ({ createdAt }) => format.dateTime(createdAt) },
  ]
  return <Table columns={columns} rows={rotations} keyOf={({ number }) => number} />
}

function totalOf(counts: RotationAnswer['counts']): number {
  return counts.pending + counts.sent + counts.unsure + counts.done + counts.refused + counts.held
}
