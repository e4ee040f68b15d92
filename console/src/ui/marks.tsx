import Button from '@momentum-design/components/react/button/index.js'
import Icon from '@momentum-design/components/react/icon/index.js'
import { useEffect, useState } from 'react'
import { useWords } from '../language/use-words.ts'
import type { IconName } from './icon-names.ts'

export type Tone = 'good' | 'fair' | 'bad' | 'plain' | 'accent'

/** A short word with a colour; the word alone says it too. */
export function Mark({ tone, icon, children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={`mark ${tone}`}>
      {icon && <Icon name={icon} size={0.75} lengthUnit="rem" />}
      {children}
    </span>
  )
}

/** An icon that says something by itself, in words for those who cannot see it. */
export function Sign({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span className="sign" title={words}>
      <Icon name={icon} size={0.875} lengthUnit="rem" />
      <span className="unseen">{words}</span>
    </span>
  )
}

const tones = { weak: 'bad', fair: 'fair', strong: 'good' } as const

export function StrengthMark({ strength }: { strength: 'weak' | 'fair' | 'strong' }) {
  const words = useWords()
  return <Mark tone={tones[strength]}>{words.strengths[strength]}</Mark>
}

/** Copies a text, and says so for a moment. */
export function Copy({
  text,
  label,
  small = false,
  compact = false,
}: {
  text: string
  label: string
  /** The icon alone. */
  small?: boolean
  /** Beside other small buttons. */
  compact?: boolean
}) {
  const words = useWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true))
  const icon = copied ? 'check-bold' : 'copy-bold'
  return (
    <>
      {small ? (
        <Button variant="tertiary" size={24} prefixIcon={icon} aria-label={label} onClick={copy} />
      ) : (
        <Button variant="secondary" size={compact ? 28 : 32} prefixIcon={icon} onClick={copy}>
          {copied ? words.copied : label}
        </Button>
      )}
      <span role="status" className="unseen">
        {copied && words.copied}
      </span>
    </>
  )
}
