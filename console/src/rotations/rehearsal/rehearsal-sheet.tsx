import Button from '@momentum-design/components/react/button/index.js'
import Spinner from '@momentum-design/components/react/spinner/index.js'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type RehearsalAnswer, type RotationAnswer, rehearse } from '../../data/rotations.ts'
import { useWords } from '../../language/use-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { asFaults, type Conditions, presets } from './conditions.ts'
import { ConditionsForm } from './conditions-form.tsx'
import { RehearsalOutcome } from './rehearsal-outcome.tsx'

interface Props {
  rotation: RotationAnswer
  onClose(): void
  onRehearsed(outcome: RehearsalAnswer): void
}

/** Rehearses the plan in the service's memory, under the chosen conditions. Closing the dialog cancels the rehearsal. */
export function RehearsalSheet({ rotation, onClose, onRehearsed }: Props) {
  const words = useWords()
  const text = words.rehearsal
  const [conditions, setConditions] = useState<Conditions>(presets.calm)
  const over = useRef(new AbortController())
  const run = useMutation({
    mutationFn: () => rehearse(rotation, asFaults(conditions), over.current.signal),
    onSuccess: onRehearsed,
  })
  useEffect(() => {
    const current = new AbortController()
    over.current = current
    return () => current.abort()
  }, [])
  return (
    <Sheet
      title={text.title}
      onClose={onClose}
      leave={words.close}
      actions={
        !run.isPending && (
          <Button prefixIcon="play-bold" onClick={() => run.mutate()}>
            {run.data ? text.again : text.start}
          </Button>
        )
      }
    >
      <p>{text.about}</p>
      <fieldset className="bare stack" disabled={run.isPending}>
        <ConditionsForm conditions={conditions} onChange={setConditions} />
      </fieldset>
      <div role="status">
        {run.isPending && (
          <p className="busy">
            <Spinner size="small" aria-hidden="true" /> {text.running}
          </p>
        )}
        {run.data && !run.isPending && <RehearsalOutcome outcome={run.data} />}
      </div>
      {run.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(run.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
