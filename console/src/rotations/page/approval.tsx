import { useMutation } from '@tanstack/react-query'
import { client } from '../../data/client.ts'
import { act, type RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Copy } from '../../ui/marks.tsx'
import { Notice } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'

/** Where the site asks for a second administrator: who planned, who has approved, and who still has to. */
export function Approval({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { approval, approvedBy, approvedAt, plannedBy, plannedByYou } = rotation
  const approve = useMutation({
    mutationFn: () => act(rotation, 'approve'),
    onSuccess: answer => {
      client.setQueryData(['rotation', rotation.siteUrl, rotation.number], answer)
      void client.invalidateQueries({ queryKey: ['rotations'] })
    },
  })
  if (approval === 'notNeeded') return null
  if (approval === 'given') {
    return (
      <Notice tone="good" role="status">
        {text.approved(approvedBy ?? text.somebody, approvedAt === null ? '' : format.dateTime(approvedAt))}
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
          <Copy text={location.href} label={text.copyPageLink} />
        ) : (
          <ActionButton prefixIcon="check-bold" busy={approve.isPending} onClick={() => approve.mutate()}>
            {text.approve}
          </ActionButton>
        )
      }
    >
      <p>
        <strong>{text.approvalNeeded}</strong>
      </p>
      <p>{plannedByYou ? text.plannedByYou : text.plannedBy(planner)}</p>
      {approve.error && <p role="alert">{wordsForError(approve.error, words)}</p>}
    </Notice>
  )
}
