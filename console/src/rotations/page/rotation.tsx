import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { RehearsalAnswer, RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Broken, Waiting } from '../../ui/states.tsx'
import { Controls } from '../actions/controls.tsx'
import { RehearsalOutcome } from '../rehearsal/rehearsal-outcome.tsx'
import { isUndone } from '../shown-state.ts'
import { StateBadge } from '../state-badge.tsx'
import { Approval } from './approval.tsx'
import { Downloads } from './downloads.tsx'
import { EffectCard } from './effect-card.tsx'
import { Items } from './items.tsx'
import { LeftOut, PlanCard } from './plan-card.tsx'
import { ProgressCard } from './progress-card.tsx'
import { ReadList } from './read-list.tsx'
import { TellMe } from './tell-me.tsx'
import { TimelineCard } from './timeline-card.tsx'
import { type ShownProgress, useRotation } from './use-rotation.ts'
import { Verification } from './verification.tsx'

/** One rotation: its plan before the start, its progress while it runs, and its result. */
export function Rotation() {
  const words = useWords()
  const { number } = useParams<{ number: string }>()
  const rotation = useRotation(Number(number))
  const title = words.rotations.named(Number(number))
  const above = (
    <Link href="/rotations" className="back">
      ← {words.app.places.rotations}
    </Link>
  )
  if (rotation.data === undefined || rotation.progress === undefined) {
    return (
      <Page title={title} above={above}>
        {rotation.error ? (
          <Broken error={rotation.error} onRetry={() => void rotation.refetch()} />
        ) : (
          <Waiting lines={6} />
        )}
      </Page>
    )
  }
  return <RotationView key={number} title={title} above={above} rotation={rotation.data} progress={rotation.progress} />
}

interface RotationViewProps {
  title: string
  above: React.ReactNode
  rotation: RotationAnswer
  progress: ShownProgress
}

function RotationView({ title, above, rotation, progress }: RotationViewProps) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const [rehearsed, setRehearsed] = useState<RehearsalAnswer | null>(null)
  const { state, counts } = rotation
  // The stream hears of a pause before the rotation is read again.
  const shown = { ...rotation, pausing: rotation.pausing || progress.pausing }
  const controls = <Controls rotation={shown} onRehearsed={setRehearsed} />
  // Stopped before it was planned to its end: there is nothing but what was read so far.
  if (state === 'planning' || state === 'failed' || (state === 'stopped' && rotation.planHash === null)) {
    return (
      <Page title={title} above={above} badge={<StateBadge rotation={shown} />} actions={controls}>
        {state === 'planning' && <Reading progress={progress} />}
        <ReadList />
        <Warnings rotation={rotation} />
        <PlanCard rotation={rotation} />
      </Page>
    )
  }
  return (
    <Page
      title={title}
      above={above}
      badge={<StateBadge rotation={shown} />}
      about={state === 'planned' ? text.planAbout(counts.pending, counts.left, format.integer) : undefined}
      actions={controls}
    >
      <Undone rotation={rotation} />
      {state === 'planned' && <Approval rotation={rotation} />}
      {state === 'planned' && <ReadList />}
      <Warnings rotation={rotation} />
      {state === 'planned' && rehearsed !== null && (
        <section className="card stack">
          <h2>{words.rehearsal.last}</h2>
          <RehearsalOutcome outcome={rehearsed} />
        </section>
      )}
      {state !== 'planned' && <ProgressCard rotation={rotation} progress={progress} />}
      {state === 'running' && <TellMe />}
      <div className="columns">
        {state === 'finished' && counts.done > 0 && <EffectCard rotation={rotation} />}
        <TimelineCard rotation={rotation} />
      </div>
      {(state === 'finished' || state === 'stopped') && (
        <div className="columns">
          <Verification rotation={rotation} />
          <Downloads rotation={rotation} />
        </div>
      )}
      <div className="columns">
        <PlanCard rotation={rotation} />
        <LeftOut rotation={rotation} />
      </div>
      <Items rotation={rotation} />
    </Page>
  )
}

/** That its rooms have their old IDs back, and by which rotation; or which rotation it undoes itself. */
function Undone({ rotation }: { rotation: RotationAnswer }) {
  const text = useWords().rotations
  const format = useFormat()
  const { undone, undoOf } = rotation
  return (
    <>
      {undone !== null && (
        <Notice icon="undo-bold" role="status">
          {isUndone(rotation)
            ? text.undoneBy(undone.rooms, format.integer)
            : text.partlyUndoneBy(format.integer(undone.rooms), format.integer(rotation.counts.done))}{' '}
          <Link href={`/rotations/${undone.by}`}>{text.named(undone.by)}</Link>
        </Notice>
      )}
      {undoOf !== null && (
        <p>
          <Link href={`/rotations/${undoOf}`}>{text.toUndone(undoOf)}</Link>
        </p>
      )}
    </>
  )
}

/** How far the reading for a plan is, and what time is left where that is known. */
function Reading({ progress: { total, reading } }: { progress: ShownProgress }) {
  const text = useWords().rotations
  const format = useFormat()
  const { done, total: of, perMinute } = reading ?? { done: total, total: null, perMinute: null }
  const read = of === null ? format.integer(done) : text.roomsRead(format.integer(done), format.integer(of))
  const left = of === null || !perMinute ? null : format.duration(((of - done) / perMinute) * 60)
  return <Waiting lines={4} about={text.planningSoFar(read, left)} />
}

/** Warnings of the plan, why planning failed, and why a run stopped. */
function Warnings({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const format = useFormat()
  const { state, stopReason, stopMessage, warnings = [], warningMessages = [] } = rotation
  const unknown = rotation.counts.sent + rotation.counts.unsure
  return (
    <>
      {state === 'stopped' && stopReason !== null && (
        <Notice tone="warning" icon="pause-bold" role="status">
          {words.say(stopReason, stopMessage)}
          {unknown > 0 && ` ${words.rotations.resumeReads(unknown, format.integer)}`}
        </Notice>
      )}
      {state === 'failed' && stopReason !== null && (
        <Notice tone="bad" role="status">
          {words.say(stopReason, stopMessage)}{' '}
          {stopMessage?.code === 'unmatchedPeople' && (
            <Link href="/rotations/new?who=csv&without-unmatched">{words.planForm.planWithout}</Link>
          )}
        </Notice>
      )}
      {warnings.map((warning, index) => (
        <Notice key={warning} tone="warning">
          {words.say(warning, warningMessages[index] ?? null)}
        </Notice>
      ))}
    </>
  )
}
