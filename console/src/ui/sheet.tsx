import Button from '@momentum-design/components/react/button/index.js'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useWords } from '../language/use-words.ts'

interface Props {
  title: string
  onClose(): void
  /** Buttons beside the one that closes the dialog. */
  actions?: ReactNode
  /** The label of the button that closes the dialog; `Cancel` by default. */
  leave?: string
  /** Wide enough for tables. */
  wide?: boolean
  children: ReactNode
}

/**
 * A modal dialog. The focus starts at the field with `data-first`, else at the title. Afterwards it returns to where it
 * was, or to the page's title if that element is gone.
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

/** The element that had the focus before may be gone by now. */
function focusLost(): void {
  if (document.activeElement !== document.body) return
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}
