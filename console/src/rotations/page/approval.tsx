import type { RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'
import { useRotationAction } from '../actions/use-rotation-action.ts'

/** On sites that require a second administrator: who planned the rotation, and who approved it or still has to. */
export function Approval({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { approval, approvedBy, approvedAt, plannedBy, plannedByYou, tokensMadeWith } = rotation
  const action = useRotationAction(rotation)
  if (approval === 'notNeeded') return null
  const related = tokensMadeWith !== null && !plannedByYou && <p>{text.tokensMadeWith(tokensMadeWith)}</p>
  if (approval === 'given') {
    return (
      <Notice tone="good" role="status">
        {text.approved(approvedBy ?? text.somebody, approvedAt === null ? '' : format.dateTime(approvedAt))}
        {tokensMadeWith !== null && <p>{text.tokensMadeWith(tokensMadeWith)}</p>}
      </Notice>
    )
  }
  const planner = plannedBy ?? text.commandLine
  return (
    <Notice
      tone="warning"
      icon="secure-lock-bold"
      action={
        plannedByYou ? (
          <CopyButton text={location.href} label={text.copyPageLink} />
        ) : (
          <ActionButton prefixIcon="check-bold" busy={action.isPending} onClick={() => action.mutate('approve')}>
            {text.approve}
          </ActionButton>
        )
      }
    >
      <p>
        <strong>{text.approvalNeeded}</strong>
      </p>
      <p>{plannedByYou ? text.plannedByYou : text.plannedBy(planner)}</p>
      {related}
      {action.error && <p role="alert">{wordsForError(action.error, words)}</p>}
    </Notice>
  )
}
