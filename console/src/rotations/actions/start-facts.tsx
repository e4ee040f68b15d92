import type { RotationAnswer } from '../../data/rotations.ts'
import { useSite } from '../../data/session.ts'
import { lastOf, type TimelineEntry, useTimeline } from '../../data/timeline.ts'
import { type Format, useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { whoOf } from '../who.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What whoever starts a rotation should know: where, who, what breaks, the way back, whether it was rehearsed. */
export function StartFacts({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.starting
  const format = useFormat()
  const site = useSite()
  const timeline = useTimeline(rotation)
  const count = rotation.counts.pending
  const breaks = rotation.undoOf === null ? text.breaks : text.undoBreaks
  const until = format.date(new Date(Date.now() + site.quarantineDays * dayMs).toISOString())
  return (
    <dl className="facts">
      <dt>{text.where}</dt>
      <dd>
        <strong>{rotation.siteUrl}</strong>, {words.target.choices[rotation.target]}
      </dd>
      <dt>{text.who}</dt>
      <dd>
        {whoOf(rotation, words)}
        {rotation.counts.left > 0 && ` · ${text.leftOut(format.integer(rotation.counts.left))}`}
      </dd>
      <dt>{text.whatBreaks}</dt>
      <dd>{breaks(count, format.integer, rotation.target === 'self' && site.movedPage)}</dd>
      <dt>{text.wayBack}</dt>
      <dd>{rotation.target === 'self' ? text.wayBackHere(site.quarantineDays, until) : text.wayBackElsewhere}</dd>
      <dt>{text.rehearsal}</dt>
      <dd>{sayRehearsal(lastOf(timeline.data, 'rehearsed'), text, format)}</dd>
      <dt>{text.howLong}</dt>
      <dd>{sayLength(rotation, lastOf(timeline.data, 'rehearsed'), text, format)}</dd>
    </dl>
  )
}

type Text = ReturnType<typeof useWords>['starting']

function sayRehearsal(last: TimelineEntry | undefined, text: Text, { dateTime }: Format): string {
  if (last === undefined) return text.notRehearsed
  const { rehearsal } = last
  const well = rehearsal !== null && rehearsal.end === 'finished' && rehearsal.refused + rehearsal.wrongs === 0
  return well ? text.rehearsedWell(dateTime(last.at)) : text.rehearsedBadly(dateTime(last.at))
}

function sayLength(
  { target, maxCalls }: RotationAnswer,
  last: TimelineEntry | undefined,
  text: Text,
  { duration, integer }: Format,
): string {
  const minutes = last?.rehearsal?.minutes
  if (minutes !== undefined) return text.about(duration(minutes * 60))
  return target === 'self' || maxCalls === null ? text.unknownLength : text.atMostCalls(integer(maxCalls))
}
