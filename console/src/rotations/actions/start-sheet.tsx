import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { wordsForError } from '../../ui/states.tsx'
import type { RotationSheetProps } from './sheet-props.ts'
import { useRotationAction } from './use-rotation-action.ts'

/** Asks for confirmation before rooms change. */
export function StartSheet({ rotation, onClose }: RotationSheetProps) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const start = useRotationAction(rotation, onClose)
  return (
    <Sheet
      title={text.startTitle(rotation.counts.pending, format.integer)}
      onClose={onClose}
      actions={
        <ActionButton prefixIcon="play-bold" busy={start.isPending} onClick={() => start.mutate('start')}>
          {text.start}
        </ActionButton>
      }
    >
      <p>{text.startAbout}</p>
      {start.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(start.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
