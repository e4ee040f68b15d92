import Button from '@momentum-design/components/react/button/index.js'
import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<typeof Button>, 'onClick' | 'softDisabled' | 'disabled'> {
  /** Something is under way. */
  busy: boolean
  /** There is nothing to do it with yet. */
  disabled?: boolean
  onClick(): void
}

/**
 * A button for what may take a while. While it cannot be used it says so and keeps the focus all the same. It is never
 * `disabled` to Momentum, which forgets to say so of a button that may be soft-disabled as well.
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
