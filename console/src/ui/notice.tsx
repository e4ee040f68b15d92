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
  /** `alert` is said at once by a screen reader, `status` when it is done speaking. */
  role?: 'alert' | 'status'
  /** What can be done about it. */
  action?: ReactNode
  children: ReactNode
}

/** A sentence that is not to be missed. */
export function Notice({ tone = 'plain', icon = icons[tone], role, action, children }: Props) {
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon name={icon} size={1.25} lengthUnit="rem" />
      <div className="notice-text">{children}</div>
      {action && <div className="actions">{action}</div>}
    </div>
  )
}
