/** Short words about what was just done, at the edge of the page for ten seconds, with a way to take it back. */
import Button from '@momentum-design/components/react/button/index.js'
import { useEffect, useSyncExternalStore } from 'react'
import { useWords } from '../language/use-words.ts'

const shownMs = 10_000

interface Toast {
  text: string
  actions: { label: string; onClick(): void }[]
}

let toast: (Toast & { number: number }) | null = null
let count = 0
const listeners = new Set<() => void>()

function show(next: typeof toast): void {
  toast = next
  for (const listener of listeners) listener()
}

/** Shows it in place of the one before. Any of its actions closes it. */
export function showToast(text: string, ...actions: Toast['actions']): void {
  count += 1
  show({ text, actions, number: count })
}

export function Toasts() {
  const words = useWords()
  const shown = useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toast,
  )
  useEffect(() => {
    if (shown === null) return
    const timer = setTimeout(() => show(null), shownMs)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <div role="status" className="toasts">
      {shown && (
        <div className="toast" key={shown.number}>
          <span className="break">{shown.text}</span>
          {shown.actions.map(({ label, onClick }) => (
            <Button
              key={label}
              variant="secondary"
              size={28}
              onClick={() => {
                show(null)
                onClick()
              }}
            >
              {label}
            </Button>
          ))}
          <Button
            variant="tertiary"
            size={28}
            prefixIcon="cancel-bold"
            aria-label={words.close}
            onClick={() => show(null)}
          />
        </div>
      )}
    </div>
  )
}
