import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../language/use-words.ts'
import { ActionButton } from './action-button.tsx'
import { Notice } from './notice.tsx'
import { Sheet } from './sheet.tsx'
import { wordsForError } from './states.tsx'

interface Props {
  title: string
  about: string
  action: string
  onYes(): Promise<unknown>
  onClose(): void
  /** What else may be decided with it. */
  children?: ReactNode
}

/** Asks for confirmation before something is deleted. */
export function ConfirmSheet({ title, about, action, onYes, onClose, children }: Props) {
  const words = useWords()
  const yes = useMutation({ mutationFn: onYes, onSuccess: onClose })
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        <ActionButton color="negative" busy={yes.isPending} onClick={() => yes.mutate()}>
          {action}
        </ActionButton>
      }
    >
      <p>{about}</p>
      {children}
      {yes.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(yes.error, words)}
        </Notice>
      )}
    </Sheet>
  )
}
