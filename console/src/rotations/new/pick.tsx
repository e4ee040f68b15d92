import type { ReactNode } from 'react'

interface Props<Value extends string> {
  name: string
  value: NoInfer<Value>
  chosen: Value
  label: string
  about?: string
  onPick: (value: Value) => void
  /** Further fields, shown while this one is chosen. */
  children?: ReactNode
}

/** A radio button, with further fields below it once it is chosen. */
export function Pick<Value extends string>({ name, value, chosen, label, about, onPick, children }: Props<Value>) {
  return (
    <div className="pick">
      <label className="tick-line">
        <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onPick(value)} />
        <span>
          {label}
          {about && <span className="quiet small pick-about">{about}</span>}
        </span>
      </label>
      {value === chosen && children && <div className="pick-more">{children}</div>}
    </div>
  )
}
