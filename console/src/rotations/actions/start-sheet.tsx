import { useId, useState } from 'react'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { wordsForError } from '../../ui/states.tsx'
import type { RotationSheetProps } from './sheet-props.ts'
import { StartFacts } from './start-facts.tsx'
import { useRotationAction } from './use-rotation-action.ts'

/** From so many rooms on, and wherever the rooms are not Roomkey's own, the number is typed. */
const typedFrom = 100

/** Says what will happen before rooms change, and asks for confirmation. */
export function StartSheet({ rotation, onClose }: RotationSheetProps) {
  const words = useWords()
  const format = useFormat()
  const start = useRotationAction(rotation, onClose)
  const count = rotation.counts.pending
  const isUndo = rotation.undoOf !== null
  const text = isUndo ? words.starting.undo : words.starting.forth
  const mustType = count >= typedFrom || rotation.target !== 'self'
  const [typed, setTyped] = useState('')
  const hint = useId()
  const ready = !mustType || typed.replace(/\D/g, '') === String(count)
  const begin = () => {
    if (ready && !start.isPending) start.mutate('start')
  }
  return (
    <Sheet
      title={text.title(count, rotation.siteUrl, format.integer)}
      onClose={onClose}
      actions={
        <ActionButton prefixIcon="play-bold" busy={start.isPending} disabled={!ready} onClick={begin}>
          {text.action(count, format.integer)}
        </ActionButton>
      }
    >
      <StartFacts rotation={rotation} />
      {mustType && (
        <form
          onSubmit={event => {
            event.preventDefault()
            begin()
          }}
        >
          <label className="field">
            {words.starting.typeNumber(format.integer(count))}
            <input
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              aria-describedby={hint}
              onChange={event => setTyped(event.target.value)}
            />
          </label>
          <p id={hint} className="quiet small">
            {rotation.target === 'self' ? words.starting.whyType.many : words.starting.whyType.elsewhere}
          </p>
        </form>
      )}
      {start.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(start.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
