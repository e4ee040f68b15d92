/** What a page shows instead of data: while it loads, where there is none, and after an error. */
import Button from '@momentum-design/components/react/button/index.js'
import Icon from '@momentum-design/components/react/icon/index.js'
import type { ReactNode } from 'react'
import { Refused, Unreachable } from '../data/call.ts'
import type { Words } from '../language/en.ts'
import { useWords } from '../language/use-words.ts'
import type { IconName } from './icon-names.ts'

export function wordsForError(error: unknown, words: Words): string {
  if (error instanceof Unreachable) return words.states.unreachable
  if (error instanceof Refused) return error.faults.map(({ text, message }) => words.sayFault(text, message)).join(' ')
  return words.states.unexpected
}

export function Waiting({ lines = 4, about }: { lines?: number; about?: string }) {
  const words = useWords()
  return (
    <div className="card waiting" role="status">
      <span className={about === undefined ? 'unseen' : 'quiet'}>{about ?? words.states.loading}</span>
      {Array.from({ length: lines }, (_, line) => 92 - line * 3).map(width => (
        <span key={width} className="bone" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}

export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="card empty">
      <span className="empty-icon">
        <Icon name={icon} size={1.75} lengthUnit="rem" />
      </span>
      <h2>{title}</h2>
      {children && <p className="quiet">{children}</p>}
      {action}
    </div>
  )
}

export function Broken({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords()
  return (
    <div className="card empty broken" role="alert">
      <span className="empty-icon">
        <Icon name="warning-bold" size={1.75} lengthUnit="rem" />
      </span>
      <h2>{error instanceof Unreachable ? words.states.offlineTitle : words.states.errorTitle}</h2>
      <p className="quiet">{wordsForError(error, words)}</p>
      {error instanceof Refused && error.status >= 500 && error.trackingId && (
        <p className="quiet small">
          {words.states.inTheLog} <code>{error.trackingId}</code>
        </p>
      )}
      {onRetry && (
        <Button variant="secondary" onClick={onRetry} prefixIcon="refresh-bold">
          {words.states.retry}
        </Button>
      )}
    </div>
  )
}
