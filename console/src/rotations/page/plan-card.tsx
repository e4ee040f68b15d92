import type { RotationAnswer } from '../../data/rotations.ts'
import { useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Reasons } from '../../ui/reasons.tsx'
import { whoOf } from '../who.ts'

/** What was planned: who, where, how, and with which safety measures. */
export function PlanCard({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const { bits, canary, freeze, overwriteChanged, createdAt, plannedBy, approvedBy, planHash } = rotation
  return (
    <section className="card">
      <h2>{text.planTitle}</h2>
      <dl className="facts">
        <dt>{text.who}</dt>
        <dd>{whoOf(rotation, words)}</dd>
        <dt>{words.target.label}</dt>
        <dd>{words.target.choices[rotation.target]}</dd>
        <dt>{text.newIds}</dt>
        <dd>
          {text.kinds[rotation.source]}
          {bits !== null && ` (${words.overview.bits(format.integer(Math.round(bits)))})`}
        </dd>
        <dt>{text.canary}</dt>
        <dd>{canary === 0 ? text.none : text.firstRooms(canary, format.integer)}</dd>
        <dt>{text.freeze}</dt>
        <dd>{freeze ? words.yes : words.no}</dd>
        <dt>{text.changedMeanwhile}</dt>
        <dd>{overwriteChanged ? text.overwritten : text.heldBack}</dd>
        <dt>{text.created}</dt>
        <dd>
          {format.dateTime(createdAt)}
          {plannedBy !== null && ` · ${plannedBy}`}
        </dd>
        {approvedBy !== null && (
          <>
            <dt>{text.approvedShort}</dt>
            <dd>{approvedBy}</dd>
          </>
        )}
        {planHash && (
          <>
            <dt>{text.fingerprint}</dt>
            <dd>
              <code title={planHash}>{planHash.slice(0, 16)}</code>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** How many people are left out, by reason. */
export function LeftOut({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  return (
    <section className="card">
      <h2>{text.leftTitle}</h2>
      {rotation.left.length === 0 ? <p className="quiet">{text.nobodyLeft}</p> : <Reasons reasons={rotation.left} />}
    </section>
  )
}
