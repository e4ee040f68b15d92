import Button from '@momentum-design/components/react/button/index.js'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../shell/preferences.tsx'

/** A question that comes before everything else. The browser's own dialog: it keeps the focus and gives it back. */
export function Sheet({
  title,
  onClose,
  actions,
  children,
}: {
  title: string
  onClose(): void
  actions: ReactNode
  children: ReactNode
}) {
  const words = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog className="sheet" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <Button
          variant="tertiary"
          prefixIcon="cancel-bold"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        />
      </div>
      <div className="stack">{children}</div>
      <div className="actions end">
        <Button variant="secondary" onClick={() => dialog.current?.close()}>
          {words.cancel}
        </Button>
        {actions}
      </div>
    </dialog>
  )
}
