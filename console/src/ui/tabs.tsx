import { type KeyboardEvent, type ReactNode, useId } from 'react'

interface Props<Name extends string> {
  label: string
  tabs: Record<Name, string>
  chosen: Name
  onChoose(name: Name): void
  children: ReactNode
}

/** Tabs, with the usual keys: arrows, Home and End. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, children }: Props<Name>) {
  const id = useId()
  const names = Object.keys(tabs) as Name[]

  function move(event: KeyboardEvent<HTMLElement>) {
    const at = names.indexOf(chosen)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = names[(to + names.length) % names.length]!
    onChoose(next)
    document.getElementById(`${id}${next}`)?.focus()
  }

  return (
    <>
      <div role="tablist" aria-label={label} className="tabs">
        {names.map(name => (
          <button
            key={name}
            id={`${id}${name}`}
            type="button"
            role="tab"
            aria-selected={name === chosen}
            aria-controls={`${id}panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
            onKeyDown={move}
          >
            {tabs[name]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${chosen}`} className="stack">
        {children}
      </div>
    </>
  )
}
