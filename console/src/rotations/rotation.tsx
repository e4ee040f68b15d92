import { Link, useParams } from 'wouter'
import { Page } from '../parts/page.tsx'
import { Broken, Waiting } from '../parts/states.tsx'
import { useFormat } from '../shell/format.ts'
import { useWords } from '../shell/preferences.tsx'
import { type RotationAnswer, useRotation } from './api.ts'
import { Controls } from './controls.tsx'
import { Downloads } from './downloads.tsx'
import { Items } from './items.tsx'
import { ProgressCard } from './progress-card.tsx'
import { StateMark } from './state-mark.tsx'
import { Verification } from './verification.tsx'

/** One rotation: its plan before anything happens, its progress while it runs, and what came of it. */
export function Rotation() {
  const words = useWords()
  const { number } = useParams<{ number: string }>()
  const rotation = useRotation(Number(number))
  const title = words.rotations.named(Number(number))
  const above = (
    <Link href="/rotations" className="back">
      ← {words.shell.places.rotations}
    </Link>
  )
  if (rotation.data === undefined) {
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
  const shown = rotation.data
  const begun = shown.state !== 'planned' && shown.state !== 'planning'
  return (
    <Page key={number} title={title} above={above} actions={<StateMark state={shown.state} />}>
      <Controls rotation={shown} />
      {begun && <ProgressCard rotation={shown} />}
      <div className="columns">
        <PlanCard rotation={shown} />
        <LeftOut rotation={shown} />
      </div>
      {shown.state === 'finished' && (
        <div className="columns">
          <Verification rotation={shown} />
          <Downloads rotation={shown} />
        </div>
      )}
      <Items rotation={shown} />
    </Page>
  )
}

function PlanCard({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { choice, undoOf, bits, canary, freeze, createdAt, planHash, warnings } = rotation
  return (
    <section className="card">
      <h2>{text.planTitle}</h2>
      <dl className="facts">
        <dt>{text.who}</dt>
        <dd>{undoOf === null ? choice : text.undoOf(undoOf)}</dd>
        <dt>{words.target.ofRotation}</dt>
        <dd>{words.target.choices[rotation.target]}</dd>
        <dt>{text.newIds}</dt>
        <dd>
          {text.kinds[rotation.source]}
          {bits !== null && ` (${words.overview.bits(format.integer(Math.round(bits)))})`}
        </dd>
        <dt>{text.canaryShort}</dt>
        <dd>{canary === 0 ? text.none : text.firstRooms(canary)}</dd>
        <dt>{text.freezeShort}</dt>
        <dd>{freeze ? words.yes : words.no}</dd>
        <dt>{text.created}</dt>
        <dd>{format.dateTime(createdAt)}</dd>
        {planHash && (
          <>
            <dt>{text.fingerprint}</dt>
            <dd>
              <code>{planHash.slice(0, 16)}</code>
            </dd>
          </>
        )}
      </dl>
      {warnings.map(warning => (
        <p key={warning} className="notice warning">
          {warning}
        </p>
      ))}
    </section>
  )
}

function LeftOut({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const groups = [
    { title: text.refusedTitle, reasons: rotation.refused },
    { title: text.leftTitle, reasons: rotation.left },
  ].filter(({ reasons }) => reasons.length > 0)
  return (
    <section className="card">
      {groups.length === 0 && (
        <>
          <h2>{text.leftTitle}</h2>
          <p className="quiet">{text.nobodyLeft}</p>
        </>
      )}
      {groups.map(({ title, reasons }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul className="reasons">
            {reasons.map(({ reason, count }) => (
              <li key={reason}>
                <span className="number">{format.integer(count)}</span>
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
