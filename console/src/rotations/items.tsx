import { useState } from 'react'
import { More } from '../history/more.tsx'
import { Choice } from '../parts/choice.tsx'
import { Mark, type Tone } from '../parts/marks.tsx'
import { ScrollArea } from '../parts/scroll-area.tsx'
import { Broken, Waiting } from '../parts/states.tsx'
import { useWords } from '../shell/preferences.tsx'
import { type RotationAnswer, type RotationItemAnswer, useItems } from './api.ts'

const tones: Record<RotationItemAnswer['state'], Tone> = {
  pending: 'plain',
  sent: 'accent',
  unsure: 'fair',
  done: 'good',
  refused: 'bad',
  left: 'plain',
}

/** The plan line by line: old ID, new ID, and what became of it. */
export function Items({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const [state, setState] = useState('')
  const items = useItems(rotation, state)
  const options = Object.entries(text.itemStates).map(([value, label]) => ({ value, label }))
  return (
    <section className="card stack">
      <div className="page-head">
        <h2>{text.itemsTitle}</h2>
        <Choice
          bare
          label={text.state}
          value={state}
          options={[{ value: '', label: text.allItems }, ...options]}
          onChange={setState}
        />
      </div>
      {items.error && <Broken error={items.error} onRetry={() => void items.refetch()} />}
      {items.isPending && <Waiting lines={6} />}
      {items.isSuccess && items.items.length === 0 && <p className="quiet">{text.noItems}</p>}
      {items.items.length > 0 && (
        <ScrollArea label={text.itemsTitle}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{words.rooms.person}</th>
                <th scope="col">{text.oldId}</th>
                <th scope="col">
                  <span className="unseen">→</span>
                </th>
                <th scope="col">{text.newId}</th>
                <th scope="col">{text.state}</th>
              </tr>
            </thead>
            <tbody>
              {items.items.map(item => (
                <Item key={item.number} item={item} />
              ))}
            </tbody>
          </table>
          <More list={items} />
        </ScrollArea>
      )}
    </section>
  )
}

function Item({ item }: { item: RotationItemAnswer }) {
  const words = useWords()
  const text = words.rotations
  const { name, email, oldId, newId, state, reason } = item
  return (
    <tr>
      <td>
        {name || email} {name && <span className="quiet small break">{email}</span>}
      </td>
      <td>
        <code className="break">{oldId ?? '—'}</code>
      </td>
      <td aria-hidden="true">→</td>
      <td>
        {newId === null ? (
          <span className="quiet">{state === 'left' ? text.stays : text.byTheSite}</span>
        ) : (
          <code className="break">{newId}</code>
        )}
      </td>
      <td>
        <Mark tone={tones[state]}>{text.itemStates[state]}</Mark>
        {reason && <span className="quiet small reason">{reason}</span>}
      </td>
    </tr>
  )
}
