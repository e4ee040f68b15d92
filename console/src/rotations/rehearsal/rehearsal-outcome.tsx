import type { RehearsalAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Metric } from '../../ui/metric.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Reasons } from '../../ui/reasons.tsx'

/** How a rehearsal ended. */
export function RehearsalOutcome({ outcome }: { outcome: RehearsalAnswer }) {
  const words = useWords()
  const text = words.rehearsal
  const format = useFormat()
  const { end, reason, message, minutes, calls, counts, refused, verified } = outcome
  const open = counts.pending + counts.sent + counts.unsure
  const well = end === 'finished' && counts.refused === 0 && verified.wrongs === 0
  return (
    <div className="stack">
      <Notice tone={well ? 'good' : 'warning'}>
        {well
          ? text.wentWell
          : end === 'stopped'
            ? `${text.wouldStop} ${reason === null ? '' : words.say(reason, message)}`
            : text.someRefused}
      </Notice>
      <dl className="metric-row">
        <Metric name={words.rotations.done} value={format.integer(counts.done)} />
        <Metric name={words.rotations.refused} value={format.integer(counts.refused)} bad={counts.refused > 0} />
        {open > 0 && <Metric name={words.rotations.open} value={format.integer(open)} />}
        <Metric name={text.asPlanned} value={format.integer(verified.changed)} />
        {verified.wrongs > 0 && <Metric bad name={text.wrong} value={format.integer(verified.wrongs)} />}
        <Metric name={text.calls} value={format.integer(calls)} />
        <Metric name={text.time} value={format.duration(minutes * 60)} />
      </dl>
      {refused.length > 0 && <Reasons reasons={refused} />}
    </div>
  )
}
