/** One of several. The browser's own list: it opens as the platform's does, on a phone too. */
import { useId } from 'react'

interface Props {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange(value: string): void
  /** Shows the list alone; its label is for screen readers. */
  bare?: boolean
  /** Where a sheet begins. */
  first?: boolean
}

export function Choice({ label, value, options, onChange, bare = false, first }: Props) {
  const id = useId()
  return (
    <div className="choice">
      <label htmlFor={id} className={bare ? 'unseen' : undefined}>
        {label}
      </label>
      <select id={id} data-first={first} value={value} onChange={event => onChange(event.target.value)}>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
