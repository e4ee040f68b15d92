import { usePreviewOfUndo } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Reasons } from '../../ui/reasons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Broken, Waiting, wordsForError } from '../../ui/states.tsx'
import { ItemTable } from '../item-table.tsx'
import type { RotationSheetProps } from './sheet-props.ts'
import { useRotationAction } from './use-rotation-action.ts'

/** Shows which rooms would get their old ID back and which would not, and creates the plan for the undo. */
export function UndoSheet({ rotation, onClose, onLeave }: RotationSheetProps) {
  const words = useWords()
  const text = words.undo
  const format = useFormat()
  const preview = usePreviewOfUndo(rotation)
  const undo = useRotationAction(rotation, ({ number }) => onLeave(`/rotations/${number}`))
  const shown = preview.data
  const states = { ...words.rotations.itemStates, pending: text.goesBack, left: text.stays }
  const staying = shown?.stay.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <Sheet
      wide
      title={text.title}
      onClose={onClose}
      actions={
        shown !== undefined &&
        shown.back > 0 && (
          <ActionButton prefixIcon="undo-bold" busy={undo.isPending} onClick={() => undo.mutate('undo')}>
            {text.action}
          </ActionButton>
        )
      }
    >
      {preview.isPending && <Waiting lines={5} about={text.reading} />}
      {preview.error && <Broken error={preview.error} onRetry={() => void preview.refetch()} />}
      {shown && (
        <>
          <p role="status" className="lead">
            {text.back(shown.back, format.integer)}
            {staying > 0 && ` ${text.stay(staying, format.integer)}`}
          </p>
          {shown.stay.length > 0 && <Reasons reasons={shown.stay} />}
          <p className="quiet">{text.about}</p>
          {shown.items.length > 0 && (
            <ScrollArea label={text.rooms}>
              <ItemTable items={shown.items} from={text.currentId} to={text.nextId} states={states} />
            </ScrollArea>
          )}
          {shown.items.length < shown.back + staying && (
            <p className="quiet small">{text.firstOnly(format.integer(shown.items.length))}</p>
          )}
        </>
      )}
      {undo.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(undo.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
