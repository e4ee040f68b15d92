import { type ReactNode, useEffect, useRef } from 'react'

/** The outline of a page. Its title takes the focus, so that a screen reader announces the page. */
export function Page({
  title,
  above,
  badge,
  about,
  actions,
  children,
}: {
  title: string
  above?: ReactNode
  /** A state, beside the title. */
  badge?: ReactNode
  /** One sentence below the title. */
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
          {badge}
          {about && <p className="quiet">{about}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
