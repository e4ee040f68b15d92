import { useState } from 'react'
import { useLocation } from 'wouter'
import type { RehearsalAnswer, RotationAnswer } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { RehearsalSheet } from '../rehearsal/rehearsal-sheet.tsx'
import { isUndone } from '../shown-state.ts'
import { DiscardSheet } from './discard-sheet.tsx'
import { StartSheet } from './start-sheet.tsx'
import { UndoSheet } from './undo-sheet.tsx'
import { useRotationAction } from './use-rotation-action.ts'

const sheets = { start: StartSheet, undo: UndoSheet, discard: DiscardSheet } as const

/** The buttons for what can be done with a rotation in its current state. */
export function Controls({
  rotation,
  onRehearsed,
}: {
  rotation: RotationAnswer
  onRehearsed(r: RehearsalAnswer): void
}) {
  const words = useWords()
  const text = words.rotations
  const { state, approval } = rotation
  const [openSheet, setOpenSheet] = useState<keyof typeof sheets | 'rehearse' | null>(null)
  const [, navigate] = useLocation()
  const action = useRotationAction(rotation)
  const Sheet = openSheet === null || openSheet === 'rehearse' ? null : sheets[openSheet]
  const close = () => setOpenSheet(null)
  const isUnplanned = state === 'stopped' && rotation.planHash === null
  const undoable = (state === 'finished' || state === 'stopped') && rotation.counts.done > 0 && !isUndone(rotation)
  const warned = rotation.warnings.length > 0
  return (
    <>
      {(state === 'planned' || state === 'planning' || state === 'failed' || isUnplanned) && (
        <ActionButton variant="tertiary" prefixIcon="delete-bold" busy={false} onClick={() => setOpenSheet('discard')}>
          {text.discard}
        </ActionButton>
      )}
      {state === 'planned' && (
        <>
          <ActionButton
            variant="secondary"
            prefixIcon="show-bold"
            busy={false}
            onClick={() => setOpenSheet('rehearse')}
          >
            {text.rehearse}
          </ActionButton>
          {approval !== 'needed' && (
            <ActionButton
              variant={warned ? 'secondary' : 'primary'}
              prefixIcon="play-bold"
              busy={false}
              onClick={() => setOpenSheet('start')}
            >
              {warned ? text.startAnyway : text.start}
            </ActionButton>
          )}
        </>
      )}
      {undoable && (
        <ActionButton variant="secondary" prefixIcon="undo-bold" busy={false} onClick={() => setOpenSheet('undo')}>
          {text.undo}
        </ActionButton>
      )}
      {(state === 'running' || state === 'planning') && (
        <ActionButton
          variant="secondary"
          prefixIcon="pause-bold"
          busy={action.isPending || rotation.pausing}
          onClick={() => action.mutate('pause')}
        >
          {rotation.pausing ? text.pausingNow : text.pause}
        </ActionButton>
      )}
      {state === 'stopped' && (
        <ActionButton prefixIcon="play-bold" busy={action.isPending} onClick={() => action.mutate('resume')}>
          {text.resume}
        </ActionButton>
      )}
      {action.error && (
        <div className="whole-row">
          <Notice tone="bad" role="alert">
            {wordsForError(action.error, words)}
          </Notice>
        </div>
      )}
      {Sheet && <Sheet rotation={rotation} onClose={close} onLeave={path => navigate(path)} />}
      {openSheet === 'rehearse' && <RehearsalSheet rotation={rotation} onClose={close} onRehearsed={onRehearsed} />}
    </>
  )
}
