import type { ReactNode } from 'react'

/** A box in which a long table scrolls. It takes the focus, so that it can be scrolled by keyboard. */
export function ScrollArea({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className="table-box tall" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
