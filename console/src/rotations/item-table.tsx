import type { RotationItemAnswer } from '../data/rotations.ts'
import { useWords } from '../language/use-words.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { type Column, Table } from '../ui/table.tsx'

const tones: Record<RotationItemAnswer['state'], Tone> = {
  pending: 'plain',
  sent: 'accent',
  unsure: 'fair',
  done: 'good',
  refused: 'bad',
  held: 'fair',
  left: 'plain',
}

interface Props {
  items: RotationItemAnswer[]
  /** The heads of the columns with the two IDs. */
  from: string
  to: string
  /** The labels of the states. */
  states: Record<RotationItemAnswer['state'], string>
}

/** Items of a plan: the person, the two IDs, and the state with its reason. */
export function ItemTable({ items, from, to, states }: Props) {
  const words = useWords()
  const text = words.rotations
  const columns: Column<RotationItemAnswer>[] = [
    {
      head: words.rooms.person,
      quietHead: false,
      cell: ({ name, email }) => (
        <>
          {name || email}
          {name && <span className="quiet small under break">{email}</span>}
        </>
      ),
    },
    { head: from, cell: ({ oldId }) => <code className="break">{oldId ?? '—'}</code> },
    {
      head: to,
      className: 'to',
      cell: ({ newId, currentId, state }) =>
        newId === null ? (
          <span className="quiet">{state === 'left' ? text.stays : text.byTheSite}</span>
        ) : (
          <>
            <code className="break">{newId}</code>
            {state === 'done' && currentId !== null && currentId !== newId && (
              <span className="quiet small under">
                {text.now} <code className="break">{currentId}</code>
              </span>
            )}
          </>
        ),
    },
    {
      head: text.state,
      cell: ({ state, reason, message }) => (
        <>
          <Badge tone={tones[state]}>{states[state]}</Badge>
          {reason && <span className="quiet small under reason">{words.say(reason, message)}</span>}
        </>
      ),
    },
  ]
  return <Table columns={columns} rows={items} keyOf={({ number }) => number} />
}
