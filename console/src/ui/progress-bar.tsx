export interface Part {
  name: string
  tone: 'good' | 'bad' | 'fair' | 'moving'
  count: number
}

interface Props {
  label: string
  /** What is written above it. */
  text: string
  total: number
  parts: Part[]
  /** A place that is marked, as a count: where the pilot rooms end. */
  mark?: { at: number; name: string } | null
}

/** How much of a whole is in which state. What is in none is left empty, so that nothing done looks like nothing done. */
export function ProgressBar({ label, text, total, parts, mark = null }: Props) {
  const settled = parts.filter(({ tone }) => tone !== 'moving').reduce((sum, { count }) => sum + count, 0)
  const share = (count: number) => `${total === 0 ? 0 : (Math.min(count, total) / total) * 100}%`
  return (
    <div className="progress">
      <p>{text}</p>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={total === 0 ? 100 : Math.floor((settled / total) * 100)}
        aria-valuetext={text}
      >
        {parts
          .filter(({ count }) => count > 0)
          .map(({ name, tone, count }) => (
            <span key={name} className={`progress-part ${tone}`} title={name} style={{ inlineSize: share(count) }} />
          ))}
        {mark !== null && mark.at > 0 && mark.at < total && (
          <span className="progress-mark" title={mark.name} style={{ insetInlineStart: share(mark.at) }} />
        )}
      </div>
    </div>
  )
}
