import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../../data/client.ts'
import { act, type RehearsalAnswer, type RotationAction, type RotationAnswer } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { RehearsalSheet } from '../rehearsal/rehearsal-sheet.tsx'
import { DiscardSheet } from './discard-sheet.tsx'
import { StartSheet } from './start-sheet.tsx'
import { UndoSheet } from './undo-sheet.tsx'

const sheets = { start: StartSheet, undo: UndoSheet, discard: DiscardSheet } as const

/** Has something done with a rotation, and shows what it is afterwards. */
export function useRotationAction(
  rotation: RotationAnswer,
  onDone?: (answer: RotationAnswer, deed: RotationAction) => void,
) {
  return useMutation({
    mutationFn: (deed: RotationAction) => act(rotation, deed),
    onSuccess: async (answer, deed) => {
      client.setQueryData(['rotation', answer.siteUrl, answer.number], answer)
      await client.invalidateQueries({ queryKey: ['rotations'] })
      onDone?.(answer, deed)
    },
  })
}

/** What can be done with a rotation in its state. */
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
  const [asking, setAsking] = useState<keyof typeof sheets | 'rehearse' | null>(null)
  const [, navigate] = useLocation()
  const deed = useRotationAction(rotation)
  const Asking = asking === null || asking === 'rehearse' ? null : sheets[asking]
  const close = () => setAsking(null)
  const undoable = (state === 'finished' || state === 'stopped') && rotation.counts.done > 0
  return (
    <>
      {(state === 'planned' || state === 'planning' || state === 'failed') && (
        <Button variant="tertiary" prefixIcon="delete-bold" onClick={() => setAsking('discard')}>
          {text.discard}
        </Button>
      )}
      {state === 'planned' && (
        <>
          <Button variant="secondary" prefixIcon="show-bold" onClick={() => setAsking('rehearse')}>
            {text.rehearse}
          </Button>
          {approval !== 'needed' && (
            <Button prefixIcon="play-bold" onClick={() => setAsking('start')}>
              {text.start}
            </Button>
          )}
        </>
      )}
      {undoable && (
        <Button variant="secondary" prefixIcon="undo-bold" onClick={() => setAsking('undo')}>
          {text.undo}
        </Button>
      )}
      {state === 'running' && (
        <ActionButton
          variant="secondary"
          prefixIcon="pause-bold"
          busy={deed.isPending}
          onClick={() => deed.mutate('pause')}
        >
          {text.pause}
        </ActionButton>
      )}
      {state === 'stopped' && (
        <ActionButton prefixIcon="play-bold" busy={deed.isPending} onClick={() => deed.mutate('resume')}>
          {text.resume}
        </ActionButton>
      )}
      {deed.error && (
        <div className="whole-row">
          <Notice tone="bad" role="alert">
            {wordsForError(deed.error, words)}
          </Notice>
        </div>
      )}
      {Asking && <Asking rotation={rotation} onClose={close} onLeave={path => navigate(path)} />}
      {asking === 'rehearse' && <RehearsalSheet rotation={rotation} onClose={close} onRehearsed={onRehearsed} />}
    </>
  )
}
