import { useMutation } from '@tanstack/react-query'
import { type RotationAnswer, verify } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'

/** Reads every changed room back and says how many have their new ID. */
export function Verification({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const verification = useMutation({ mutationFn: () => verify(rotation) })
  const found = verification.data
  const isAll = found?.wrongs === 0 && found.notYetVisible === 0 && found.open === 0 && found.state === 'finished'
  return (
    <section className="card stack">
      <h2>{text.verifyTitle}</h2>
      <p className="quiet">{text.verifyAbout}</p>
      {found && (
        <Notice role="status" tone={isAll ? 'good' : 'bad'}>
          {isAll
            ? text.verifiedAll(found.changed, format.integer)
            : text.verified(
                format.integer(found.changed),
                format.integer(found.notYetVisible),
                format.integer(found.wrongs),
              )}
          {found.state !== 'finished' && ` ${text.verifiedOpen(format.integer(found.open))}`}
        </Notice>
      )}
      {verification.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(verification.error, words)}
        </Notice>
      )}
      <div className="actions">
        <ActionButton
          variant="secondary"
          prefixIcon="check-circle-bold"
          busy={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {verification.isPending ? text.verifying : text.verify}
        </ActionButton>
      </div>
    </section>
  )
}
