import { useState } from 'react'
import { type RotationAnswer, useItems } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { Choice } from '../../ui/choice.tsx'
import { More } from '../../ui/more.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Broken, Waiting } from '../../ui/states.tsx'
import { ItemTable } from '../item-table.tsx'

/** The items of the plan: old ID, new ID, and the outcome. */
export function Items({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const [chosen, setState] = useState<string | null>(null)
  // In a plan, show only those who take part. On a large site they would be hard to find among those left out.
  const state = chosen ?? (rotation.state === 'planned' ? 'pending' : '')
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
          <ItemTable items={items.items} from={text.oldId} to={text.newId} states={text.itemStates} />
          <More list={items} />
        </ScrollArea>
      )}
    </section>
  )
}
