import Button from '@momentum-design/components/react/button/index.js'
import type { ComponentProps } from 'react'

interface Props extends Omit<ComponentProps<typeof Button>, 'onClick' | 'softDisabled'> {
  /** Something is under way: the button does nothing, and keeps the focus all the same. */
  busy: boolean
  onClick(): void
}

/** A button for what may take a while. */
export function ActionButton({ busy, onClick, ...rest }: Props) {
  return (
    <Button
      {...rest}
      softDisabled={busy}
      onClick={() => {
        if (!busy) onClick()
      }}
    />
  )
}
