import { Link } from 'wouter'
import type { RotationAnswer } from '../../data/rotations.ts'
import { type TimelineEntry, useTimeline } from '../../data/timeline.ts'
import type { Words } from '../../language/en.ts'
import { type Format, useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { Broken, Waiting } from '../../ui/states.tsx'

/** Who did what with a rotation, and when. */
export function TimelineCard({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const format = useFormat()
  const timeline = useTimeline(rotation)
  return (
    <section className="card stack">
      <h2>{words.timeline.title}</h2>
      {timeline.isPending && <Waiting lines={3} />}
      {timeline.error && <Broken error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {timeline.data && (
        <ol className="timeline">
          {timeline.data.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing comes in between what has happened.
            <li key={`${entry.at} ${entry.kind} ${index}`} className={entry.kind}>
              <time dateTime={entry.at}>{format.dateTimeSeconds(entry.at)}</time>
              <span>
                {sayEntry(entry, words, format)}
                {entry.rotation !== null && (
                  <>
                    {' '}
                    <Link href={`/rotations/${entry.rotation}`}>{words.rotations.named(entry.rotation)}</Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const byNobody: TimelineEntry['kind'][] = ['pilotsSeen', 'stopped', 'finished', 'undone']

function sayEntry(entry: TimelineEntry, words: Words, { integer }: Format): string {
  const text = words.timeline
  const { kind, by, reason, message, rooms, rehearsal, verification } = entry
  const who = byNobody.includes(kind) ? '' : ` · ${by ?? words.rotations.commandLineName}`
  if (kind === 'pilotsSeen') return text.pilotsSeen(rooms ?? 0, integer)
  if (kind === 'stopped') return `${text.kinds.stopped}${reason === null ? '' : `: ${words.say(reason, message)}`}`
  const found =
    kind === 'rehearsed' && rehearsal !== null
      ? `: ${rehearsal.end === 'finished' && rehearsal.refused + rehearsal.wrongs === 0 ? text.well : text.notWell}`
      : kind === 'verified' && verification !== null
        ? `: ${text.haveNewId(verification.changed, integer)}`
        : ''
  return `${text.kinds[kind]}${found}${who}`
}
