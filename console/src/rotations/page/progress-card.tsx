import Progressbar from '@momentum-design/components/react/progressbar/index.js'
import type { RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Metric } from '../../ui/metric.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Reasons } from '../../ui/reasons.tsx'
import { useNow, usePace } from './use-pace.ts'
import type { ShownProgress } from './use-rotation.ts'

const roomsPerBatch = 100

/** How much of a rotation is done, how fast it goes, what it waits for, and what was refused and why. */
export function ProgressCard({ rotation, progress }: { rotation: RotationAnswer; progress: ShownProgress }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const running = rotation.state === 'running'
  const { done, refused, held, unsure, total, batches } = progress
  const settled = done + refused + held
  const left = total - settled
  const pace = usePace(settled, running)
  const waiting = running && progress.waitingUntil !== null ? Date.parse(progress.waitingUntil) : 0
  const now = useNow(waiting > 0)
  const wait = Math.ceil((waiting - now) / 1000)
  const secondsLeft = pace === null || pace === 0 ? null : left / pace + Math.max(0, wait)
  return (
    <section className="card stack" aria-busy={running}>
      <h2>{text.progressTitle}</h2>
      <Progressbar
        label={text.doneOf(format.integer(settled), format.integer(total))}
        value={String(total === 0 ? 100 : Math.floor((settled / total) * 100))}
        dataAriaLabel={text.progressTitle}
      />
      <dl className="metric-row">
        <Metric name={text.done} value={format.integer(done)} />
        <Metric name={text.refused} value={format.integer(refused)} bad={refused > 0} />
        {held > 0 && <Metric name={text.held} value={format.integer(held)} bad />}
        {unsure > 0 && <Metric name={text.unsure} value={format.integer(unsure)} />}
        {left > 0 && <Metric name={text.open} value={format.integer(left)} />}
        {batches !== null && (
          <Metric
            name={text.batches}
            value={text.aboutOf(format.integer(batches), format.integer(batches + Math.ceil(left / roomsPerBatch)))}
          />
        )}
        {pace !== null && <Metric name={text.pace} value={format.integer(Math.round(pace * 60))} />}
        {secondsLeft !== null && left > 0 && <Metric name={text.timeLeft} value={format.duration(secondsLeft)} />}
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
