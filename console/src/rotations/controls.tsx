import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../api/client.ts'
import { Sheet } from '../parts/sheet.tsx'
import { wordsForError } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { act, type RotationAnswer, type RotationDeed } from './api.ts'

/** What can be done with a rotation in its state. */
export function Controls({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const { state } = rotation
  const [asking, setAsking] = useState<'start' | 'undo' | null>(null)
  const [, navigate] = useLocation()
  const deed = useMutation({
    mutationFn: (name: RotationDeed) => act(rotation, name),
    onSuccess: async (answer, name) => {
      setAsking(null)
      await client.invalidateQueries({ queryKey: ['rotations'] })
      await client.invalidateQueries({ queryKey: ['rotation'] })
      if (name === 'undo') navigate(`/rotations/${answer.number}`)
    },
  })
  return (
    <div className="stack">
      <div className="actions">
        {state === 'planned' && (
          <Button prefixIcon="play-bold" onClick={() => setAsking('start')}>
            {text.start}
          </Button>
        )}
        {state === 'running' && (
          <Button
            variant="secondary"
            prefixIcon="pause-bold"
            disabled={deed.isPending}
            onClick={() => deed.mutate('pause')}
          >
            {text.pause}
          </Button>
        )}
        {state === 'stopped' && (
          <Button prefixIcon="play-bold" disabled={deed.isPending} onClick={() => deed.mutate('resume')}>
            {text.resume}
          </Button>
        )}
        {(state === 'finished' || state === 'stopped') && rotation.counts.done > 0 && (
          <Button variant="secondary" prefixIcon="undo-bold" onClick={() => setAsking('undo')}>
            {text.undo}
          </Button>
        )}
      </div>
      {state === 'planned' && (
        <p className="quiet">
          {text.rehearseHint} <code>roomkey rehearse {rotation.number}</code>
        </p>
      )}
      {deed.error && asking === null && (
        <p role="alert" className="notice bad">
          {wordsForError(deed.error, words)}
        </p>
      )}
      {asking && (
        <Confirm
          which={asking}
          rotation={rotation}
          busy={deed.isPending}
          fault={deed.error}
          onClose={() => setAsking(null)}
          onYes={() => deed.mutate(asking)}
        />
      )}
    </div>
  )
}

interface ConfirmProps {
  which: 'start' | 'undo'
  rotation: RotationAnswer
  busy: boolean
  fault: unknown
  onClose(): void
  onYes(): void
}

function Confirm({ which, rotation, busy, fault, onClose, onYes }: ConfirmProps) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { counts } = rotation
  const title = which === 'start' ? text.startTitle(format.integer(counts.pending)) : text.undoTitle
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        <Button disabled={busy} onClick={onYes}>
          {which === 'start' ? text.start : text.undoAction}
        </Button>
      }
    >
      <p>{which === 'start' ? text.startAbout : text.undoAbout}</p>
      {fault !== null && (
        <p role="alert" className="bad-text">
          {wordsForError(fault, words)}
        </p>
      )}
    </Sheet>
  )
}
