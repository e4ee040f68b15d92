import { useLostAt } from '../../data/reach.ts'
import type { RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Metric } from '../../ui/metric.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Reasons } from '../../ui/reasons.tsx'
import { useNow, usePace } from './use-pace.ts'
import type { ShownProgress } from './use-rotation.ts'

const roomsPerBatch = 100

/** How much of a rotation is done, how fast it goes, what it waits for, and what was refused and why. */
export function ProgressCard({ rotation, progress }: { rotation: RotationAnswer; progress: ShownProgress }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const lost = useLostAt() !== null
  const running = rotation.state === 'running' && !lost
  const { done, refused, held, total, batches, doing } = progress
  const settled = done + refused + held
  // What was on its way when a run stopped is known to nobody until it is read back.
  const unknown = rotation.state === 'stopped' ? rotation.counts.sent + rotation.counts.unsure : 0
  const underWay = running ? Math.min(total - settled, (doing?.batches ?? 0) * roomsPerBatch) : 0
  const left = total - settled - unknown
  const pace = usePace(settled, running)
  const waiting = running && progress.waitingUntil !== null ? Date.parse(progress.waitingUntil) : 0
  const now = useNow(waiting > 0)
  const wait = Math.ceil((waiting - now) / 1000)
  const secondsLeft = pace === null || pace === 0 ? null : left / pace + Math.max(0, wait)
  const phase = running ? phaseOf(progress, text, format.integer) : null
  return (
    <section className="card stack" aria-busy={running}>
      <h2>{text.progressTitle}</h2>
      <ProgressBar
        label={text.progressTitle}
        text={text.doneOf(format.integer(settled), format.integer(total))}
        total={total}
        parts={[
          { name: `${text.done}: ${format.integer(done)}`, tone: 'good', count: done },
          { name: `${text.refused}: ${format.integer(refused)}`, tone: 'bad', count: refused },
          { name: `${text.held}: ${format.integer(held)}`, tone: 'fair', count: held },
          { name: `${text.unknown}: ${format.integer(unknown)}`, tone: 'moving', count: unknown },
          { name: `${text.unsure}: ${format.integer(underWay)}`, tone: 'moving', count: underWay },
        ]}
        mark={{ at: rotation.canary, name: text.canary }}
      />
      {phase !== null && (
        <p role="status" className="quiet">
          {phase}
        </p>
      )}
      <dl className="metric-row">
        <Metric name={text.done} value={format.integer(done)} />
        <Metric name={text.refused} value={format.integer(refused)} bad={refused > 0} />
        {held > 0 && <Metric name={text.held} value={format.integer(held)} bad />}
        {unknown > 0 && <Metric name={text.unknown} value={format.integer(unknown)} bad />}
        {left > 0 && <Metric name={text.open} value={format.integer(left)} />}
        {batches !== null && (
          <Metric
            name={text.batches}
            value={text.aboutOf(format.integer(batches), format.integer(batches + Math.ceil(left / roomsPerBatch)))}
          />
        )}
        {pace !== null && <Metric name={text.pace} value={format.integer(Math.round(pace * 60))} />}
        {secondsLeft !== null && left > 0 && !progress.pausing && (
          <Metric name={text.timeLeft} value={format.duration(secondsLeft)} />
        )}
      </dl>
      {wait > 0 && (
        <Notice icon="pause-bold" role="status">
          {text.waiting[rotation.target]} {text.continuingIn(wait)}
        </Notice>
      )}
      {progress.refusedFor.length > 0 && (
        <div>
          <h3>{text.refusedTitle}</h3>
          <Reasons reasons={progress.refusedFor} />
        </div>
      )}
      {rotation.held.length > 0 && (
        <div>
          <h3>{text.heldTitle}</h3>
          <Reasons reasons={rotation.held} />
        </div>
      )}
    </section>
  )
}

/** What a run does at the moment, where that is not just sending. */
function phaseOf(
  { pausing, doing }: ShownProgress,
  text: ReturnType<typeof useWords>['rotations'],
  integer: (count: number) => string,
): string | null {
  const parts = [
    pausing && (doing === null || doing.batches + doing.readingBack === 0) && text.phases.stopping,
    doing !== null && pausing && doing.batches > 0 && text.phases.batches(doing.batches, integer),
    doing !== null && doing.readingBack > 0 && text.phases.readingBack(doing.readingBack, integer),
    doing !== null && doing.pilots > 0 && text.phases.pilots(doing.pilots, integer),
  ].filter(part => part !== false)
  return parts.length === 0 ? null : `${pausing ? `${text.phases.pausing} ` : ''}${parts.join(' ')}`
}
