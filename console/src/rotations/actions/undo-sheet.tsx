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

/** Shows which rooms would get their old ID back and which would not, before a plan is made of it. */
export function UndoSheet({ rotation, onClose, onLeave }: RotationSheetProps) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const preview = usePreviewOfUndo(rotation)
  const undo = useRotationAction(rotation, ({ number }) => onLeave(`/rotations/${number}`))
  const shown = preview.data
  const states = { ...text.itemStates, pending: text.goesBack, left: text.staysAsIs }
  const staying = shown?.stay.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <Sheet
      wide
      title={text.undoTitle}
      onClose={onClose}
      actions={
        shown !== undefined &&
        shown.back > 0 && (
          <ActionButton prefixIcon="undo-bold" busy={undo.isPending} onClick={() => undo.mutate('undo')}>
            {text.undoAction}
          </ActionButton>
        )
      }
    >
      {preview.isPending && <Waiting lines={5} about={text.undoReading} />}
      {preview.error && <Broken error={preview.error} onRetry={() => void preview.refetch()} />}
      {shown && (
        <>
          <p role="status" className="lead">
            {text.undoBack(shown.back, format.integer)}
            {staying > 0 && ` ${text.undoStay(staying, format.integer)}`}
          </p>
          {shown.stay.length > 0 && <Reasons reasons={shown.stay} />}
          <p className="quiet">{text.undoAbout}</p>
          {shown.items.length > 0 && (
            <ScrollArea label={text.undoRooms}>
              <ItemTable items={shown.items} from={text.nowId} to={text.thenId} states={states} />
            </ScrollArea>
          )}
          {shown.items.length < shown.back + staying && (
            <p className="quiet small">{text.undoFirst(format.integer(shown.items.length))}</p>
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
