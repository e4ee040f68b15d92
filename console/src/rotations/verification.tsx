import Button from '@momentum-design/components/react/button/index.js'
import { useMutation } from '@tanstack/react-query'
import { wordsForError } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { type RotationAnswer, verify } from './api.ts'

/** Reads every refreshed room back. */
export function Verification({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const verification = useMutation({ mutationFn: () => verify(rotation) })
  const found = verification.data
  return (
    <section className="card stack">
      <h2>{text.verifyTitle}</h2>
      <p className="quiet">{text.verifyAbout}</p>
      {found && (
        <p role="status" className={found.wrongs === 0 ? 'notice good' : 'notice bad'}>
          {text.verified(
            format.integer(found.changed),
            format.integer(found.notYetVisible),
            format.integer(found.wrongs),
          )}
        </p>
      )}
      {verification.error && (
        <p role="alert" className="bad-text">
          {wordsForError(verification.error, words)}
        </p>
      )}
      <div className="actions">
        <Button
          variant="secondary"
          prefixIcon="check-circle-bold"
          disabled={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {verification.isPending ? text.verifying : text.verify}
        </Button>
      </div>
    </section>
  )
}
