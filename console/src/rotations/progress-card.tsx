import Icon from '@momentum-design/components/react/icon/index.js'
import Progressbar from '@momentum-design/components/react/progressbar/index.js'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import type { RotationAnswer } from './api.ts'
import { totalOf } from './rotation-table.tsx'
import { usePace } from './use-pace.ts'

/** How far a run is, how fast it goes, and what it waits for. */
export function ProgressCard({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { counts, state, stoppedBecause, waitingUntil } = rotation
  const total = totalOf(counts)
  const settled = counts.done + counts.refused
  const pace = usePace(settled, state === 'running')
  const open = total - settled
  const waitSeconds = waitingUntil === null ? 0 : Math.ceil((Date.parse(waitingUntil) - Date.now()) / 1000)
  return (
    <section className="card stack">
      <h2>{text.progressTitle}</h2>
      <Progressbar
        label={text.doneOf(format.integer(settled), format.integer(total))}
        value={String(total === 0 ? 100 : Math.floor((settled / total) * 100))}
        dataAriaLabel={text.progressTitle}
      />
      <dl className="stats small-stats">
        <div>
          <dt>{text.done}</dt>
          <dd>{format.integer(counts.done)}</dd>
        </div>
        <div>
          <dt>{text.refused}</dt>
          <dd className={counts.refused > 0 ? 'bad-text' : undefined}>{format.integer(counts.refused)}</dd>
        </div>
        <div>
          <dt>{text.unsure}</dt>
          <dd>{format.integer(counts.sent + counts.unsure)}</dd>
        </div>
        <div>
          <dt>{text.open}</dt>
          <dd>{format.integer(open)}</dd>
        </div>
        {pace !== null && (
          <div>
            <dt>{text.pace}</dt>
            <dd>{text.perMinute(format.integer(Math.round(pace * 60)))}</dd>
          </div>
        )}
      </dl>
      {waitSeconds > 0 && (
        <p className="notice">
          <Icon name="pause-bold" /> {text.waiting(waitSeconds)}
        </p>
      )}
      {(state === 'stopped' || state === 'failed') && stoppedBecause && (
        <p className="notice warning">
          <Icon name="warning-bold" /> {stoppedBecause}
        </p>
      )}
    </section>
  )
}
