import Icon from '@momentum-design/components/react/icon/index.js'
import { useWords } from '../language/use-words.ts'
import type { IconName } from './icon-names.ts'

export type Tone = 'good' | 'fair' | 'bad' | 'plain' | 'accent'

/** A short word with a colour. The colour adds nothing that the word does not say. */
export function Badge({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={`badge ${tone}`}>
      {icon && <Icon name={icon} size={0.75} lengthUnit="rem" />}
      {children}
    </span>
  )
}

/** An icon without visible text. Screen readers and tooltips get its words. */
export function IconLabel({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span className="icon-label" title={words}>
      <Icon name={icon} size={0.875} lengthUnit="rem" />
      <span className="unseen">{words}</span>
    </span>
  )
}

const tones = { weak: 'bad', fair: 'fair', strong: 'good' } as const

export function StrengthBadge({ strength }: { strength: 'weak' | 'fair' | 'strong' }) {
  const words = useWords()
  return <Badge tone={tones[strength]}>{words.strengths[strength]}</Badge>
}
