import Button from '@momentum-design/components/react/button/index.js'
import type { ComponentProps } from 'react'
import { useLostAt } from '../data/reach.ts'

interface Props extends Omit<ComponentProps<typeof Button>, 'onClick' | 'softDisabled' | 'disabled'> {
  /** The action is in progress. */
  busy: boolean
  /** The form is not complete yet. */
  disabled?: boolean
  onClick(): void
}

/**
 * A button for an action that may take a while, and is off while the service does not answer. While it cannot be used it
 * keeps the focus and tells screen readers so.
 * `disabled` is never set: Momentum does not announce it on a button that can be soft-disabled, too.
 */
export function ActionButton({ busy, disabled = false, onClick, ...rest }: Props) {
  const lost = useLostAt() !== null
  const off = busy || disabled || lost
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
