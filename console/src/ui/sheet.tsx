import Button from '@momentum-design/components/react/button/index.js'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useWords } from '../language/use-words.ts'

interface Props {
  title: string
  onClose(): void
  /** What can be done, besides leaving it. */
  actions?: ReactNode
  /** What leaving it is called; `Cancel` where nothing else is said. */
  leave?: string
  /** For tables. */
  wide?: boolean
  children: ReactNode
}

/**
 * A question that comes before everything else. The browser's own dialog keeps the focus. It begins at the field marked
 * `data-first`, else at the title, and goes back to where it was, or to the page's title where that is gone.
 */
export function Sheet({ title, onClose, actions, leave, wide = false, children }: Props) {
  const words = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const shown = dialog.current!
    shown.showModal()
    const first = shown.querySelector<HTMLElement>('[data-first]') ?? heading.current
    first?.focus()
    return () => {
      shown.close()
      requestAnimationFrame(focusLost)
    }
  }, [])
  return (
    <dialog className={wide ? 'sheet wide-sheet' : 'sheet'} ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div className="sheet-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button
          variant="tertiary"
          prefixIcon="cancel-bold"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        />
      </div>
      <div className="sheet-body stack">{children}</div>
      <div className="actions end">
        <Button variant="secondary" onClick={() => dialog.current?.close()}>
          {leave ?? words.cancel}
        </Button>
        {actions}
      </div>
    </dialog>
  )
}

/** What had the focus before may have gone together with the question. */
function focusLost(): void {
  if (document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}
