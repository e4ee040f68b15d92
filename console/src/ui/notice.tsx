import Icon from '@momentum-design/components/react/icon/index.js'
import type { ReactNode } from 'react'
import type { IconName } from './icon-names.ts'

export type NoticeTone = 'plain' | 'good' | 'warning' | 'bad'

const icons: Record<NoticeTone, IconName> = {
  plain: 'info-circle-bold',
  good: 'check-circle-bold',
  warning: 'warning-bold',
  bad: 'error-legacy-bold',
}

interface Props {
  tone?: NoticeTone
  icon?: IconName
  /** A screen reader reads an `alert` immediately, a `status` when it has finished speaking. */
  role?: 'alert' | 'status'
  /** A button for what can be done about it. */
  action?: ReactNode
  children: ReactNode
}

/** A sentence in a coloured box with an icon. */
export function Notice({ tone = 'plain', icon = icons[tone], role, action, children }: Props) {
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon name={icon} size={1.25} lengthUnit="rem" />
      <div className="notice-text">{children}</div>
      {action && <div className="actions">{action}</div>}
    </div>
  )
}
