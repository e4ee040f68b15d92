/** A labelled select. It is the browser's own, so that it opens as on every other page, on a phone too. */
import { useId } from 'react'

interface Props {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange(value: string): void
  /** Hides the label from everybody but screen readers. */
  bare?: boolean
  /** Takes the focus when its sheet opens. */
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
