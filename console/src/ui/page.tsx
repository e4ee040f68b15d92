import { type ReactNode, useEffect, useRef } from 'react'

/** One page: its title takes the focus, so that a screen reader says where one is. */
export function Page({
  title,
  above,
  mark,
  about,
  actions,
  children,
}: {
  title: string
  above?: ReactNode
  /** Beside the title: a state in a word. */
  mark?: ReactNode
  /** Below the title: what this page is for, or shows, in a sentence. */
  about?: string | undefined
  actions?: ReactNode
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <div className="page">
      <title>{`${title} · Roomkey`}</title>
      {above}
      <div className="page-head">
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {mark}
          {about && <p className="quiet">{about}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
