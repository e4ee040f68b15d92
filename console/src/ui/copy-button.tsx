import Button from '@momentum-design/components/react/button/index.js'
import { useEffect, useState } from 'react'
import { useWords } from '../language/use-words.ts'

/** Copies a text to the clipboard, and says so for two seconds. */
export function CopyButton({
  text,
  label,
  small = false,
  compact = false,
}: {
  text: string
  label: string
  /** Shows only the icon. */
  small?: boolean
  /** For use beside other small buttons. */
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
