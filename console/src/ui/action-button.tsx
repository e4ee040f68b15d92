import Button from '@momentum-design/components/react/button/index.js'
import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<typeof Button>, 'onClick' | 'softDisabled' | 'disabled'> {
  /** The action is in progress. */
  busy: boolean
  /** The form is not complete yet. */
  disabled?: boolean
  onClick(): void
}

/**
 * A button for an action that may take a while. While it cannot be used it keeps the focus and tells screen readers so.
 * `disabled` is never set: Momentum does not announce it on a button that can be soft-disabled, too.
 */
export function ActionButton({ busy, disabled = false, onClick, ...rest }: Props) {
  const off = busy || disabled
  return (
    <Button
      {...rest}
      softDisabled={off}
      onClick={() => {
        if (!off) onClick()
      }}
    />
  )
}
