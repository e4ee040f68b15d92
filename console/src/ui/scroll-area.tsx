import type { ReactNode } from 'react'

/** A long table in a box of its own. What scrolls can be reached by keyboard. */
export function ScrollArea({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="table-box tall" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
